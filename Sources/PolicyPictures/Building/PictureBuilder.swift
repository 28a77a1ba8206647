import PolicyExplain
package import PolicySemantics
import PolicySource

extension PolicyPicture {
  /// The picture of a policy, every box with the place that wrote it.
  ///
  /// O(the policy's text).
  package init(_ policy: CheckedPolicy, path: String) {
    var builder = PictureBuilder(policy, path: path)
    builder.build()
    self = builder.picture
  }
}

/// Builds a picture declaration by declaration, in the order a reader meets them.
struct PictureBuilder {
  let policy: CheckedPolicy
  let words: PolicyText
  var picture: PolicyPicture
  /// The group of each ladder, by its index in the policy.
  var ladders: [Int] = []

  init(_ policy: CheckedPolicy, path: String) {
    self.policy = policy
    words = PolicyText(policy)
    picture = PolicyPicture(path: path)
  }

  mutating func build() {
    let request = add(PolicyPicture.Node(id: "request", kind: .request, title: "request"))
    let tasks = addTasks()
    addGuards()
    addConditions()
    addPoints()
    addClassifiers()
    addBudgets()
    addCompressions()
    addGates()
    for ladder in policy.ladders { ladders.append(addLadder(ladder)) }
    let first = addRoutes()
    if let tasks {
      picture.edges.append(PolicyPicture.Edge(.start, from: .node(request), to: .group(tasks)))
      if let first {
        picture.edges.append(
          PolicyPicture.Edge(.start, "task known", from: .group(tasks), to: .node(first)))
      }
    } else if let first {
      picture.edges.append(PolicyPicture.Edge(.start, from: .node(request), to: .node(first)))
    }
  }

  // MARK: Adding

  mutating func add(_ node: PolicyPicture.Node) -> Int {
    picture.nodes.append(node)
    return picture.nodes.count - 1
  }

  mutating func addGroup(
    _ kind: PolicyPicture.Group.Kind, _ title: String, id: String? = nil,
    lines: [PolicyPicture.Line] = [], place: PolicyPicture.Place? = nil
  ) -> Int {
    picture.groups.append(
      PolicyPicture.Group(
        id: id ?? kind.rawValue, kind: kind, title: title, lines: lines, place: place))
    return picture.groups.count - 1
  }

  // MARK: Words and places

  func line(
    _ kind: PolicyPicture.Line.Kind, _ span: Span, prefix: String = ""
  ) -> PolicyPicture.Line {
    PolicyPicture.Line(kind, prefix + words.text(span), place(span))
  }

  func place(_ span: Span) -> PolicyPicture.Place? {
    guard let file = policy.sources[span.file] else { return nil }
    let start = file.location(of: span.start)
    let end = file.location(of: span.end)
    return PolicyPicture.Place(
      path: file.path, line: start.line, column: start.column, endLine: end.line,
      endColumn: end.column)
  }

  /// What stands after the first `=` of a declaration, as written.
  func definition(_ span: Span) -> String {
    let text = words.text(span)
    guard let equals = text.firstIndex(of: "=") else { return text }
    return String(text[text.index(after: equals)...].drop { $0 == " " })
  }

  /// Names the imported file a declaration comes from; nothing for the policy's own.
  func origin(_ span: Span) -> [PolicyPicture.Line] {
    guard let file = policy.sources[span.file], file.path != picture.path else { return [] }
    return [PolicyPicture.Line(.origin, "from \(file.path)")]
  }
}
