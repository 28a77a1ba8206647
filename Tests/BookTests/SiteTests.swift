import DiagnosticPages
import Foundation
import PolicyDiagnostics
import RoutingTestSupport
import Testing

@testable import rung_book

@Suite struct `The book as a site` {
  private static func files() throws -> [String: String] {
    let files = try CheckedOutBook.book.get().files
    #expect(Set(files.map(\.path)).count == files.count)
    return Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `every link of every page leads to a page and a place that are there`() throws {
    let files = try Self.files()
    let anchors = files.mapValues { text in
      text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    }
    var count = 0
    for (path, text) in files where path.hasSuffix(".html") {
      let own = anchors[path] ?? []
      #expect(Set(own).count == own.count, "\(path): an anchor twice")
      for match in text.matches(of: /\s(?:href|src)="([^"]*)"/) {
        count += 1
        let target = String(match.1)
        guard let place = Self.place(target, from: path) else {
          Issue.record("\(path): `\(target)` leads out of the book")
          continue
        }
        guard let known = anchors[place.path] else {
          Issue.record("\(path): `\(target)` leads nowhere")
          continue
        }
        if let anchor = place.anchor, !known.contains(anchor) {
          Issue.record("\(path): `\(target)`: no such place on that page")
        }
      }
    }
    SharedData.say("the book: \(files.count) files, \(count) links walked")
    #expect(count > 1_000)
  }

  @Test func `what the search leads to is there`() throws {
    let files = try Self.files()
    let index = try #require(files[SearchIndex.path])
    #expect(index.hasPrefix("window.rungBook = ["))
    let json = index.drop { $0 != "[" }.dropLast(2)
    struct Entry: Decodable { let u: String }
    let entries = try JSONDecoder().decode([Entry].self, from: Data(json.utf8))
    #expect(entries.count > 200)
    for entry in entries {
      let place = try #require(Self.place(entry.u, from: "index.html"))
      let page = try #require(files[place.path], "\(entry.u)")
      let anchor = try #require(place.anchor)
      #expect(page.contains(" id=\"\(anchor)\""), "\(entry.u)")
    }
  }

  @Test func `no page asks for anything from anywhere else`() throws {
    for (path, text) in try Self.files() where path.hasSuffix(".html") {
      // What stands in a page's own text, code of all kinds, asks for nothing.
      let frame = text.replacing(/(?s)<main .*<\/main>/, with: "")
      #expect(frame.count < text.count && frame.contains("<script>"), "\(path)")
      #expect(!frame.contains("url("), "\(path)")
      #expect(text.firstMatch(of: /\s(?:href|src)="(?:[a-z]+:|\/)/) == nil, "\(path)")
      #expect(frame.firstMatch(of: /@import|fetch\(|XMLHttpRequest|import\(/) == nil, "\(path)")
    }
  }

  @Test func `every production of the grammar is explained somewhere, and no other`() throws {
    let book = try CheckedOutBook.book.get()
    let explained = Set(book.pages.flatMap { $0.explains.map(\.production) })
    let productions = book.grammar.productions
    #expect(productions.count > 50)
    #expect(productions.filter { !explained.contains($0) } == [])
    #expect(explained.subtracting(productions).sorted() == [])
  }

  @Test func `every code has its page, and the list of them leads to it`() throws {
    let files = try Self.files()
    let list = try #require(files[RulePage.listPath])
    for page in RulePages.all {
      let path = RulePage.path(of: page.code)
      #expect(files[path]?.contains(page.code.rawValue) == true, "\(path)")
      #expect(list.contains("href=\"\(path)\""), "\(path)")
    }
  }

  @Test func `a policy as markup keeps every byte of it`() {
    let policy = "## <a>\nroute x when a < 3 & \"<b>\" # é & 'c'\n\t{ use m }\n"
    let markup = CodeMarkup.policy(policy)
    let text = markup.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    #expect(text == policy)
  }

  /// Where a link of a page leads within the book; nil if it leads out of it.
  private static func place(
    _ target: String, from page: String
  ) -> (path: String, anchor: String?)? {
    guard !target.contains(":"), !target.hasPrefix("/") else { return nil }
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let anchor = parts.count > 1 ? String(parts[1]) : nil
    guard let first = parts.first, !first.isEmpty else { return (page, anchor) }
    var folder = page.split(separator: "/").dropLast().map(String.init)
    for step in first.split(separator: "/") {
      if step == ".." {
        guard !folder.isEmpty else { return nil }
        folder.removeLast()
      } else {
        folder.append(String(step))
      }
    }
    return (folder.joined(separator: "/"), anchor)
  }
}
