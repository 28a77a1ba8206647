import PolicyPictures

/// What is wrong with a layout, in words; nothing if every promise of ``PictureLayout`` holds.
struct LayoutFaults {
  let picture: PolicyPicture
  let layout: PictureLayout

  var all: [String] { boxes + frames + texts + labels + arrows + tracks + sheet }

  private func name(_ box: Int) -> String { "\(box) \(picture.nodes[box].id.prefix(40))" }

  private var boxes: [String] {
    var faults: [String] = []
    let order = layout.boxes.indices.sorted { layout.boxes[$0].rect.y < layout.boxes[$1].rect.y }
    for (place, a) in order.enumerated() {
      let rect = layout.boxes[a].rect
      if rect.width <= 0 || rect.height <= 0 { faults.append("\(name(a)) has no size") }
      for b in order[(place + 1)...] {
        if layout.boxes[b].rect.y >= rect.bottom { break }
        if rect.overlaps(layout.boxes[b].rect) { faults.append("\(name(a)) lies on \(name(b))") }
      }
    }
    return faults
  }

  private var frames: [String] {
    var faults: [String] = []
    for (place, frame) in layout.frames.enumerated() {
      for (index, box) in layout.boxes.enumerated() {
        let isMember = picture.nodes[index].group == frame.group
        if isMember != frame.rect.overlaps(box.rect) || isMember && !frame.rect.contains(box.rect) {
          faults.append("frame \(frame.group) and \(name(index))")
        }
      }
      for other in layout.frames[(place + 1)...] where frame.rect.overlaps(other.rect) {
        faults.append("frame \(frame.group) lies on frame \(other.group)")
      }
    }
    return faults
  }

  private var texts: [String] {
    var faults: [String] = []
    func check(_ rows: [PictureLayout.Row], in rect: PictureRect, _ name: String) {
      for (row, next) in zip(rows, rows.dropFirst()) where next.at.y - row.at.y < 15 {
        faults.append("rows of \(name) are too close")
      }
      for row in rows {
        let text = PictureRect(x: row.at.x, y: row.at.y - 11, width: row.width, height: 14)
        if !rect.contains(text) { faults.append("\(row.text) leaves \(name)") }
      }
    }
    for (index, box) in layout.boxes.enumerated() { check(box.rows, in: box.rect, name(index)) }
    for frame in layout.frames { check(frame.rows, in: frame.rect, "frame \(frame.group)") }
    return faults
  }

  private var labels: [String] {
    var faults: [String] = []
    let labels = layout.arrows.compactMap(\.label)
    let order = labels.sorted { $0.rect.y < $1.rect.y }
    for (place, label) in order.enumerated() {
      for (index, box) in layout.boxes.enumerated() where box.rect.overlaps(label.rect) {
        faults.append("label \(label.text) lies on \(name(index))")
      }
      for other in order[(place + 1)...] {
        if other.rect.y >= label.rect.bottom { break }
        if label.rect.overlaps(other.rect) { faults.append("labels \(label.text), \(other.text)") }
      }
    }
    return faults
  }

  private var arrows: [String] {
    var faults: [String] = []
    let labels = layout.arrows.compactMap(\.label)
    for (index, arrow) in layout.arrows.enumerated() {
      let edge = picture.edges[index]
      if arrow.points.count < 2 { faults.append("edge \(index) is not drawn") }
      for (a, b) in zip(arrow.points, arrow.points.dropFirst()) {
        if a.x != b.x && a.y != b.y { faults.append("edge \(index) is slanted") }
        for (box, placed) in layout.boxes.enumerated() where placed.rect.isCrossed(from: a, to: b) {
          faults.append("edge \(index) \(edge.kind) runs through \(name(box))")
        }
        for other in labels where other.rect.isCrossed(from: a, to: b) {
          faults.append("edge \(index) \(edge.kind) runs through label \(other.text)")
        }
      }
      if let from = arrow.points.first, !touches(edge.from, from) {
        faults.append("edge \(index) \(edge.kind) starts nowhere")
      }
      if let to = arrow.points.last, !touches(edge.to, to) {
        faults.append("edge \(index) \(edge.kind) ends nowhere")
      }
    }
    return faults
  }

  /// Ways to different ladders never run along each other: nobody could tell them apart.
  private var tracks: [String] {
    var strokes: [(to: PolicyPicture.End, a: PicturePoint, b: PicturePoint)] = []
    for (index, edge) in picture.edges.enumerated()
    where edge.kind == .ladder || edge.kind == .shadow {
      let points = layout.arrows[index].points
      for (a, b) in zip(points, points.dropFirst()) { strokes.append((edge.to, a, b)) }
    }
    var faults: [String] = []
    for (place, one) in strokes.enumerated() {
      for other in strokes[(place + 1)...] where one.to != other.to {
        if runAlong((one.a, one.b), (other.a, other.b)) {
          faults.append("strokes at \(one.a) and \(other.a) run along each other")
        }
      }
    }
    return faults
  }

  private func runAlong(
    _ one: (PicturePoint, PicturePoint), _ other: (PicturePoint, PicturePoint)
  ) -> Bool {
    func share(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Bool {
      max(min(a, b), min(c, d)) < min(max(a, b), max(c, d))
    }
    if one.0.x == one.1.x, other.0.x == other.1.x, one.0.x == other.0.x {
      return share(one.0.y, one.1.y, other.0.y, other.1.y)
    }
    if one.0.y == one.1.y, other.0.y == other.1.y, one.0.y == other.0.y {
      return share(one.0.x, one.1.x, other.0.x, other.1.x)
    }
    return false
  }

  private func touches(_ end: PolicyPicture.End, _ point: PicturePoint) -> Bool {
    let rect: PictureRect? =
      switch end {
      case .node(let node): layout.boxes[node].rect
      case .group(let group): layout.frames.first { $0.group == group }?.rect
      }
    guard let rect else { return false }
    let isLevel = rect.y <= point.y && point.y <= rect.bottom
    let isAbove = rect.x <= point.x && point.x <= rect.right
    return isLevel && (point.x == rect.x || point.x == rect.right)
      || isAbove && (point.y == rect.y || point.y == rect.bottom)
  }

  private var sheet: [String] {
    let sheet = PictureRect(x: 0, y: 0, width: layout.width, height: layout.height)
    let rects =
      layout.boxes.map(\.rect) + layout.frames.map(\.rect)
      + layout.arrows.compactMap(\.label?.rect)
    return rects.filter { !sheet.contains($0) }.map { "\($0) leaves the sheet" }
  }
}
