package import JSONWriting

/// The picture for machines: one JSON object, members always in this order.
///
/// `version` counts up when a member changes its meaning or goes away; new members may appear
/// without. Ends of an arrow are ids of boxes or of groups.
///
/// ```
/// {"version":1, "policy":"…",
///  "groups":[{"id":"tasks","kind":"tasks","title":"…","lines":[…],"place":…}],
///  "nodes":[{"id":"route.faq","kind":"route","group":"routes","number":3,"title":"faq",
///            "lines":[{"kind":"condition","text":"when …","place":{…}}],"place":{…}}],
///  "edges":[{"from":"route.faq","line":null,"to":"route.faq.use","kind":"yes","label":"yes"}]}
/// ```
package enum PictureJSON {
  package static let version = 1

  package static func write(_ picture: PolicyPicture, to json: inout JSONWriter) {
    json.object { json in
      json.member("version", version)
      json.member("policy", picture.path)
      json.array("groups") { json in
        for group in picture.groups { write(group, to: &json) }
      }
      json.array("nodes") { json in
        for node in picture.nodes { write(node, in: picture, to: &json) }
      }
      json.array("edges") { json in
        for edge in picture.edges { write(edge, in: picture, to: &json) }
      }
    }
  }

  private static func write(_ group: PolicyPicture.Group, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", group.id)
      json.member("kind", group.kind.rawValue)
      json.member("title", group.title)
      write(group.lines, to: &json)
      write(group.place, to: &json)
    }
  }

  private static func write(
    _ node: PolicyPicture.Node, in picture: PolicyPicture, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("id", node.id)
      json.member("kind", node.kind.rawValue)
      json.member("group", orNull: node.group.map { picture.groups[$0].id })
      json.member("number", orNull: node.number)
      json.member("title", node.title)
      write(node.lines, to: &json)
      write(node.place, to: &json)
    }
  }

  private static func write(
    _ edge: PolicyPicture.Edge, in picture: PolicyPicture, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("from", id(edge.from, in: picture))
      json.member("line", orNull: edge.line)
      json.member("to", id(edge.to, in: picture))
      json.member("kind", edge.kind.rawValue)
      json.member("label", edge.label)
    }
  }

  private static func id(_ end: PolicyPicture.End, in picture: PolicyPicture) -> String {
    switch end {
    case .node(let node): picture.nodes[node].id
    case .group(let group): picture.groups[group].id
    }
  }

  private static func write(_ lines: [PolicyPicture.Line], to json: inout JSONWriter) {
    json.array("lines") { json in
      for line in lines {
        json.object { json in
          json.member("kind", line.kind.rawValue)
          json.member("text", line.text)
          write(line.place, to: &json)
        }
      }
    }
  }

  private static func write(_ place: PolicyPicture.Place?, to json: inout JSONWriter) {
    guard let place else {
      json.member("place", orNull: String?.none)
      return
    }
    json.object("place") { json in
      json.member("path", place.path)
      json.member("line", place.line)
      json.member("column", place.column)
      json.member("end_line", place.endLine)
      json.member("end_column", place.endColumn)
    }
  }
}
