/// A place on a sheet, in pixels from its top left corner.
package struct PicturePoint: Hashable, Sendable {
  package var x: Int
  package var y: Int

  package init(_ x: Int, _ y: Int) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle in pixels.
package struct PictureRect: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var right: Int { x + width }
  package var bottom: Int { y + height }

  /// Whether they share more than an edge.
  package func overlaps(_ other: PictureRect) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  package func contains(_ other: PictureRect) -> Bool {
    x <= other.x && other.right <= right && y <= other.y && other.bottom <= bottom
  }

  /// Whether an upright or level stroke goes through the inside; touching the edge is not that.
  package func isCrossed(from a: PicturePoint, to b: PicturePoint) -> Bool {
    min(a.x, b.x) < right && max(a.x, b.x) > x && min(a.y, b.y) < bottom && max(a.y, b.y) > y
  }
}
