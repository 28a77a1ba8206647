import Foundation
import PolicyPictures
import RoutingTestSupport
import Testing

@Suite struct `Markup of a picture` {
  @Test func `is well-formed whatever the names are`() {
    for seed in UInt64(1)...200 {
      let picture = PictureWriter.picture(seed: seed)
      Markup(PictureSVG(picture).document).isSafe("seed \(seed)")
    }
  }

  @Test func `shows hostile texts as texts`() {
    for text in PictureWriter.hostile where !text.isEmpty && text.count < 40 {
      var picture = PolicyPicture(path: "p.rung")
      picture.nodes.append(PolicyPicture.Node(id: "a", kind: .request, title: text))
      let markup = Markup(PictureSVG(picture).document)
      markup.isSafe(text)
      #expect(markup.elements["text"] == 1)
    }
    var picture = PolicyPicture(path: "p.rung")
    picture.nodes.append(
      PolicyPicture.Node(id: "a", kind: .request, title: "<script>&amp;\"'\u{202E}\u{1}"))
    #expect(
      Markup(PictureSVG(picture).document).text.contains("<script>&amp;\"'\u{FFFD}\u{FFFD}"))
  }

  @Test func `on a page leads every box to its line`() throws {
    for name in DrawnPolicy.shipped {
      let drawn = try DrawnPolicy(shipped: name)
      let page = Markup(PicturePage(drawn.policy, path: drawn.path).text)
      page.isSafe(name)
      let places =
        drawn.picture.nodes.compactMap(\.place) + drawn.picture.groups.compactMap(\.place)
      #expect(page.links.sorted() == places.map { "#L\($0.line)" }.sorted())
    }
  }

  @Test func `on a page leads boxes of an imported file to that file`() throws {
    let drawn = try DrawnPolicy(
      "rung 1\ncatalog \"catalog.yaml\"\nimport \"<org>.rung\"\notherwise { use small }\n",
      files: [
        "<org>.rung": "rung 1\n\nguard keep when prompt has secret { refuse \"no\" }\n"
      ])
    let page = Markup(PicturePage(drawn.policy, path: drawn.path).text)
    page.isSafe("import")
    #expect(page.links.contains("#f1-L3"))
    #expect(page.text.contains("from <org>.rung"))
  }

  @Test func `on a page is well-formed for generated policies`() throws {
    for seed in UInt64(1)...30 {
      var writer = PolicyWriter(seed: seed, routes: 12)
      let drawn = try DrawnPolicy(writer.text())
      Markup(PicturePage(drawn.policy, path: drawn.path).text).isSafe("seed \(seed)")
      let explanation = try drawn.explain("hello <b>", named: "<ask>.json")
      Markup(ExplanationPage([explanation, explanation], of: drawn.policy, path: drawn.path).text)
        .isSafe("seed \(seed), explained")
    }
  }

  @Test func `cuts what is too long and keeps the whole as a title`() throws {
    let long = (0..<200).map { "word_\($0)" }.joined(separator: " and ")
    var picture = PolicyPicture(path: "p.rung")
    picture.groups.append(PolicyPicture.Group(id: "routes", kind: .routes, title: "routes"))
    picture.nodes.append(
      PolicyPicture.Node(
        id: "a", kind: .route, group: 0, title: long,
        lines: [PolicyPicture.Line(.condition, long)]))
    let layout = PictureLayout(picture)
    let rows = try #require(layout.boxes.first?.rows)
    #expect(rows.count == 9)
    #expect(rows.first?.text.hasSuffix("…") == true && rows.last?.text.hasSuffix("…") == true)
    #expect(rows.dropFirst().dropLast().allSatisfy { !$0.text.hasSuffix(" and") })
    let text = Markup(PictureSVG(picture).document).text
    #expect(text.components(separatedBy: long).count == 3)
  }
}

@Suite struct `A Mermaid label` {
  /// What Mermaid 11 would read as Markdown or as its own marks, and what it has to be told instead.
  static let labels: [(text: String, written: String)] = [
    ("cheap_first", "cheap_first"), ("_it_", "#95;it#95;"), ("a*b", "a#42;b"),
    ("<b> & \"x\" \\", "#60;b#62; #38; #34;x#34; #92;"), ("http://a.b", "http#58;//a.b"),
    ("www.x", "www#46;x"), ("- x", "#45; x"), ("1. x", "1#46; x"), ("$4.5 x", "$4.5 x"),
    ("#quot; `c` %% $$ a@b [l](x)", "#35;quot; #96;c#96; #37;#37; #36;#36; a#64;b #91;l#93;(x)"),
    ("a\nb\u{202E}", "a b\u{FFFD}"),
  ]

  @Test(arguments: labels)
  func `is nothing but its text`(text: String, written: String) {
    var picture = PolicyPicture(path: "p.rung")
    picture.nodes.append(PolicyPicture.Node(id: "a", kind: .route, title: text))
    #expect(PictureMermaid.text(of: picture) == "flowchart TD\n  n0[\"\(written)\"]\n")
  }
}
