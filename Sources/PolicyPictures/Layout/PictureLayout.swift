import ReportPages

/// A picture on a sheet: every box, frame, arrow and label with its place in pixels.
///
/// Three columns. On the left the order in which a request is asked: tasks, then routes, each below
/// the one before it. In the middle what each route does, its fallbacks below it. On the right the
/// ladders. Arrows from the middle to the right run in a gutter between the two, one track for each
/// ladder, so they meet no box.
///
/// INVARIANT: boxes do not overlap, frames hold exactly their members, arrows cross no box, and every
/// text is within its box as ``Lettering`` measures it. Tests hold it for generated policies.
package struct PictureLayout: Sendable {
  package var width = 0
  package var height = 0
  /// One for each node, in order.
  package var boxes: [Box] = []
  /// Of groups that are drawn as such; the routes are not.
  package var frames: [Frame] = []
  /// One for each edge, in order.
  package var arrows: [Arrow] = []

  package struct Box: Sendable {
    package var rect: PictureRect
    package var rows: [Row]
  }

  package struct Frame: Sendable {
    package var group: Int
    package var rect: PictureRect
    package var rows: [Row]
  }

  /// One line of text.
  package struct Row: Sendable {
    package var kind: Kind
    package var text: String
    /// Where it starts, on its base line.
    package var at: PicturePoint
    package var width: Int
    /// The whole text if this is where it was cut short.
    package var whole: String?

    package enum Kind: Hashable, Sendable {
      case title(number: Int?)
      /// Index into the node's or group's lines.
      case line(Int, isFirst: Bool)
    }
  }

  package struct Arrow: Sendable {
    /// Level and upright strokes; the head is at the last point.
    package var points: [PicturePoint]
    package var label: Label?
  }

  package struct Label: Sendable {
    package var text: String
    package var rect: PictureRect
    /// The whole text if this is cut short.
    package var whole: String?
  }

  /// O(nodes + edges, plus the text measured).
  package init(_ picture: PolicyPicture) {
    var builder = LayoutBuilder(picture)
    self = builder.laidOut()
  }

  init() {}
}
