/// Lines of a text as they stand in their file, each with what is to be said of it.
package struct ReportListing: Sendable {
  package let lines: [Line]
  package let caption: String

  package init(lines: [Line], caption: String = "") {
    self.lines = lines
    self.caption = caption
  }

  package struct Line: Sendable {
    package let number: Int
    package let text: String
    /// Beside the line; empty where there is nothing to say.
    package let note: String
    package let tone: Tone

    package init(number: Int, text: String, note: String = "", tone: Tone = .plain) {
      self.number = number
      self.text = text
      self.note = note
      self.tone = tone
    }
  }

  /// How a line stands; each has a sign of its own, so that no colour is needed to read it.
  package enum Tone: String, Sendable {
    case plain, good, part, bad

    fileprivate var sign: String {
      switch self {
      case .plain: ""
      case .good: "✓"
      case .part: "~"
      case .bad: "✗"
      }
    }
  }

  var markup: String {
    var out = ""
    if !caption.isEmpty { out += "<p class=\"faint\">\(PageText.escaped(caption))</p>\n" }
    out += "<div class=\"scroll\"><table class=\"listing\"><tbody>\n"
    for line in lines {
      out += "<tr class=\"\(line.tone.rawValue)\"><td class=\"sign\">\(line.tone.sign)</td>"
      out += "<td class=\"figure\">\(line.number)</td>"
      out += "<td class=\"figure\">\(PageText.escaped(line.note))</td>"
      out += "<td><code>\(PageText.escaped(line.text))</code></td></tr>\n"
    }
    if lines.isEmpty { out += "<tr><td class=\"faint\">none</td></tr>\n" }
    return out + "</tbody></table></div>\n"
  }

  static let style = """
    .listing td { border-bottom: 0; padding-top: 0; padding-bottom: 0; color: var(--faint); }
    .listing code { white-space: pre; color: var(--ink); }
    .listing .sign { padding-right: 8px; text-align: center; }
    .listing tr.bad .sign, .listing tr.bad .figure { color: var(--bad); }
    .listing tr.part .sign, .listing tr.part .figure { color: var(--lit); }
    .listing tr.bad code { background: color-mix(in srgb, var(--bad) 14%, transparent); }
    .listing tr.part code { background: color-mix(in srgb, var(--lit) 14%, transparent); }

    """
}
