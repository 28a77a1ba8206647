/// The picture as a Mermaid flowchart, which many review tools draw in place.
package enum PictureMermaid {
  package static func text(of picture: PolicyPicture) -> String {
    var out = "flowchart TD\n"
    for (index, group) in picture.groups.enumerated() {
      let members = picture.nodes.indices.filter { picture.nodes[$0].group == index }
      let inside = members.map { "    " + statement($0, picture.nodes[$0]) }.joined()
      // The routes are the drawing itself and get no frame.
      guard group.kind != .routes else {
        out += inside
        continue
      }
      out += "  subgraph g\(index)[\(title(of: group))]\n" + bounds(of: group, index) + inside
      out += "  end\n"
    }
    for (index, node) in picture.nodes.enumerated() where node.group == nil {
      out += "  " + statement(index, node)
    }
    for edge in picture.edges {
      let label =
        edge.label.isEmpty ? "" : "|" + PictureText.mermaid(lines: [edge.label]) + "|"
      out += "  \(name(edge.from)) \(arrow(edge.kind))\(label) \(name(edge.to))\n"
    }
    return out
  }

  /// Mermaid has room for one short line above a frame.
  private static func title(of group: PolicyPicture.Group) -> String {
    let short = group.title.prefix { $0 != ":" }
    return PictureText.mermaid(lines: [String(short)])
  }

  /// What a frame says beside its title, as a flag inside it.
  private static func bounds(of group: PolicyPicture.Group, _ index: Int) -> String {
    guard !group.lines.isEmpty else { return "" }
    return "    b\(index)>\(PictureText.mermaid(lines: group.lines.map(\.text)))]\n"
  }

  private static func statement(_ index: Int, _ node: PolicyPicture.Node) -> String {
    let number = node.number.map { "\($0) " } ?? ""
    let title = node.title.isEmpty ? [] : [number + node.title]
    let label = PictureText.mermaid(lines: title + node.lines.map(\.text))
    switch node.kind {
    case .request, .answer, .outcome: return "n\(index)([\(label)])\n"
    case .task, .condition, .points, .classifier, .compress, .gate, .budget, .guarding, .route,
      .action, .refusal, .arm, .fallback, .tier:
      return "n\(index)[\(label)]\n"
    }
  }

  private static func arrow(_ kind: PolicyPicture.Edge.Kind) -> String {
    switch kind {
    case .fallback, .shadow, .climb, .exhausted: "-.->"
    case .start, .no, .yes, .share, .ladder, .accept: "-->"
    }
  }

  private static func name(_ end: PolicyPicture.End) -> String {
    switch end {
    case .node(let node): "n\(node)"
    case .group(let group): "g\(group)"
    }
  }
}
