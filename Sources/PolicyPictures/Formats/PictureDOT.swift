/// The picture in the language of Graphviz, for those who lay out their own.
package enum PictureDOT {
  package static func text(of picture: PolicyPicture) -> String {
    var out = "digraph policy {\n"
    out += "  graph [rankdir=TB, compound=true, fontname=\"monospace\", label="
    out += PictureText.dot(lines: [picture.path]) + "];\n"
    out += "  node [shape=box, style=rounded, fontname=\"monospace\", fontsize=10];\n"
    out += "  edge [fontname=\"monospace\", fontsize=9];\n"
    for (index, group) in picture.groups.enumerated() {
      out += cluster(index, group, in: picture)
    }
    for (index, node) in picture.nodes.enumerated() where node.group == nil {
      out += "  " + statement(index, node)
    }
    for edge in picture.edges { out += "  " + statement(edge, in: picture) }
    return out + "}\n"
  }

  /// The routes are the drawing itself and get no frame.
  private static func cluster(
    _ index: Int, _ group: PolicyPicture.Group, in picture: PolicyPicture
  ) -> String {
    let members = picture.nodes.indices.filter { picture.nodes[$0].group == index }
    let inside = members.map { statement($0, picture.nodes[$0]) }
    guard group.kind != .routes else { return inside.map { "  " + $0 }.joined() }
    let title = PictureText.dot(lines: [group.title] + group.lines.map(\.text))
    return "  subgraph cluster_\(index) {\n    label=\(title);\n    style=dashed;\n"
      + inside.map { "    " + $0 }.joined() + "  }\n"
  }

  private static func statement(_ index: Int, _ node: PolicyPicture.Node) -> String {
    let number = node.number.map { "\($0)  " } ?? ""
    let title = node.title.isEmpty ? [] : [number + node.title]
    let label = PictureText.dot(lines: title + node.lines.map(\.text))
    let shape = node.kind == .refusal ? ", color=red" : ""
    return "n\(index) [label=\(label)\(shape)];\n"
  }

  private static func statement(
    _ edge: PolicyPicture.Edge, in picture: PolicyPicture
  ) -> String {
    var attributes: [String] = []
    if !edge.label.isEmpty { attributes.append("label=" + PictureText.dot(lines: [edge.label])) }
    switch edge.kind {
    case .fallback, .shadow: attributes.append("style=dashed")
    case .climb, .exhausted: attributes.append("style=dotted")
    case .start, .no, .yes, .share, .ladder, .accept: break
    }
    let (from, tail) = end(edge.from, "ltail", isStart: false, in: picture)
    let (to, head) = end(edge.to, "lhead", isStart: true, in: picture)
    attributes += [tail, head].compactMap { $0 }
    let list = attributes.isEmpty ? "" : " [" + attributes.joined(separator: ", ") + "]"
    return "\(from) -> \(to)\(list);\n"
  }

  /// A frame is named by one of its boxes and cut off at its border.
  private static func end(
    _ end: PolicyPicture.End, _ attribute: String, isStart: Bool, in picture: PolicyPicture
  ) -> (String, String?) {
    switch end {
    case .node(let node): return ("n\(node)", nil)
    case .group(let group):
      let members = picture.nodes.indices.filter { picture.nodes[$0].group == group }
      let node = (isStart ? members.first : members.last) ?? 0
      return ("n\(node)", "\(attribute)=cluster_\(group)")
    }
  }
}
