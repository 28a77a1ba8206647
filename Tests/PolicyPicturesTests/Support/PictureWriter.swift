import PolicyPictures
import RoutingTestSupport

/// Makes pictures no policy could: names in every script, markup and control characters in every
/// text, lists of any length.
enum PictureWriter {
  static let hostile = [
    "<script>alert(1)</script>", "\"'&<>", "]]>", "--&gt;", "日本語の名前がここにとても長く続いていきます",
    "👩‍👩‍👧‍👦🏳️‍🌈🙂🙂🙂", "\u{0}\u{8}\u{1B}[31m", "\u{202E}evil\u{2066}", "عنوان طويل جدا جدا جدا", "a\nb\tc",
    "#quot; `**bold**` %%", "\\\" \\l \\n", "ﷺ﷽", String(repeating: "W", count: 200),
    "e\u{301}\u{301}\u{301}", "", "\u{FFFE}\u{FFFF}",
  ]

  static func picture(seed: UInt64) -> PolicyPicture {
    var random = SplitMix(state: seed)
    var picture = PolicyPicture(path: hostile.randomElement(using: &random) ?? "")
    func text() -> String { hostile.randomElement(using: &random) ?? "" }
    func lines() -> [PolicyPicture.Line] {
      (0..<Int.random(in: 0...4, using: &random)).map { _ in
        PolicyPicture.Line(
          PolicyPicture.Line.Kind.allCases.randomElement(using: &random) ?? .condition, text())
      }
    }
    func group(_ kind: PolicyPicture.Group.Kind) -> Int {
      picture.groups.append(
        PolicyPicture.Group(id: text(), kind: kind, title: text(), lines: lines(), place: nil))
      return picture.groups.count - 1
    }
    func node(_ kind: PolicyPicture.Node.Kind, _ group: Int?) -> Int {
      let place = PolicyPicture.Place(
        path: picture.path, line: 1, column: 1, endLine: 1, endColumn: 2)
      picture.nodes.append(
        PolicyPicture.Node(
          id: text(), kind: kind, group: group, number: kind == .route ? 12_345 : nil,
          title: text(), lines: lines(), place: place))
      return picture.nodes.count - 1
    }
    func connect(_ kind: PolicyPicture.Edge.Kind, _ from: Int, _ to: PolicyPicture.End) {
      picture.edges.append(PolicyPicture.Edge(kind, text(), from: .node(from), to: to))
    }
    let request = node(.request, nil)
    let guards = group(.guards)
    for _ in 0..<Int.random(in: 1...4, using: &random) { _ = node(.guarding, guards) }
    let ladder = group(.ladder)
    let tiers = (0..<Int.random(in: 1...4, using: &random)).map { _ in node(.tier, ladder) }
    for (a, b) in zip(tiers, tiers.dropFirst()) { connect(.climb, a, .node(b)) }
    let answer = node(.answer, ladder)
    for tier in tiers { connect(.accept, tier, .node(answer)) }
    let routes = group(.routes)
    var previous = request
    for index in 0..<Int.random(in: 1...12, using: &random) {
      let route = node(.route, routes)
      connect(index == 0 ? .start : .no, previous, .node(route))
      let action = node(.action, routes)
      connect(.yes, route, .node(action))
      connect(.ladder, action, .group(ladder))
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let arm = node(.arm, routes)
        connect(.share, action, .node(arm))
        let fallback = node(.fallback, routes)
        connect(.fallback, arm, .node(fallback))
      }
      previous = route
    }
    return picture
  }
}
