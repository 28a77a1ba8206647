/// The search: every word of the question must be in a section; a word in its heading counts most.
enum BookScript {
  /// `root` leads from the page to the top of the book.
  ///
  /// Nothing here may end a script element, and no text of the book is taken as markup.
  static func text(root: String) -> String {
    """

    (() => {
      const input = document.getElementById('search')
      const list = document.getElementById('found')
      const entries = (window.rungBook || []).map((entry) => ({
        ...entry, title: entry.t.toLowerCase(), page: entry.p.toLowerCase(),
        text: entry.x.toLowerCase() }))
      const score = (entry, word) => entry.title === word ? 100
        : entry.title.startsWith(word) ? 40 : entry.title.includes(word) ? 20
        : entry.page.includes(word) ? 8 : entry.text.includes(word) ? 2 : 0
      const find = (words) => {
        const found = []
        for (const entry of entries) {
          let sum = 0
          for (const word of words) {
            const one = score(entry, word)
            if (one === 0) { sum = 0; break }
            sum += one
          }
          if (sum > 0) found.push([sum * entry.w, entry])
        }
        return found.sort((a, b) => b[0] - a[0]).slice(0, 20).map((pair) => pair[1])
      }
      const marked = (entry, word) => {
        const small = document.createElement('small')
        const at = entry.text.indexOf(word)
        const start = Math.max(0, at - 50)
        if (at < 0) { small.textContent = entry.p + ' · ' + entry.x.slice(0, 110) }
        else {
          const mark = document.createElement('mark')
          mark.textContent = entry.x.slice(at, at + word.length)
          small.append(entry.p + ' · ' + (start > 0 ? '…' : '') + entry.x.slice(start, at), mark,
            entry.x.slice(at + word.length, at + 80))
        }
        return small
      }
      const show = () => {
        const words = input.value.toLowerCase().split(' ').filter((word) => word !== '')
        list.replaceChildren()
        list.hidden = words.length === 0
        if (words.length === 0) return
        const found = find(words)
        found.forEach((entry, index) => {
          const item = document.createElement('li')
          const link = document.createElement('a')
          link.href = '\(root)' + entry.u
          link.append(entry.t, marked(entry, words[0]))
          if (index === 0) item.className = 'first'
          item.append(link)
          list.append(item)
        })
        if (found.length === 0) {
          const item = document.createElement('li')
          item.textContent = 'Nothing has all these words.'
          list.append(item)
        }
      }
      input.addEventListener('input', show)
      input.addEventListener('keydown', (event) => {
        const first = list.querySelector('a')
        if (event.key === 'Enter' && first) { first.click(); list.hidden = true }
        if (event.key === 'Escape') { input.value = ''; show() }
      })
      document.addEventListener('keydown', (event) => {
        if (event.key === '/' && document.activeElement !== input) {
          event.preventDefault()
          input.focus()
        }
      })
      document.addEventListener('click', (event) => {
        if (!event.target.closest('.search')) list.hidden = true
      })
    })()

    """
  }
}
