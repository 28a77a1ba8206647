// The gutter between what routes do and the ladders: every ladder has an upright track there, and
// tracks that are not side by side share a place.
extension LayoutBuilder {
  private static let trackGap = 10
  private static let gutterMargin = 22

  /// Of a gutter with one track.
  static var gutterWidth: Int { 2 * gutterMargin }

  /// A track: its ladder, and the rows it has to pass.
  struct Track {
    let group: Int
    var edges: [Int]
    var port: Int
    var top: Int
    var bottom: Int
    var place = 0
    var x = 0
  }

  /// Gives every ladder its track and moves the right column away until all have room.
  mutating func planTracks() -> [Track] {
    var tracks = tracks()
    let places = assign(&tracks)
    let gap = places > 12 ? Self.trackGap / 2 : Self.trackGap
    for index in tracks.indices {
      tracks[index].x = middle.edge + Self.gutterMargin + tracks[index].place * gap
    }
    moveRightColumn(by: gap * max(0, places - 1))
    return tracks
  }

  mutating func drawLadderArrows(_ tracks: [Track]) {
    for track in tracks {
      for edge in track.edges {
        let y = leavingRow(of: edge)
        layout.arrows[edge].points = [
          PicturePoint(middle.edge, y), PicturePoint(track.x, y),
          PicturePoint(track.x, track.port), PicturePoint(right.x, track.port),
        ]
      }
    }
  }

  private mutating func moveRightColumn(by distance: Int) {
    for index in layout.boxes.indices where layout.boxes[index].rect.x >= right.x {
      layout.boxes[index].rect.x += distance
      for row in layout.boxes[index].rows.indices {
        layout.boxes[index].rows[row].at.x += distance
      }
    }
    for index in layout.frames.indices where layout.frames[index].rect.x >= right.x {
      layout.frames[index].rect.x += distance
      for row in layout.frames[index].rows.indices {
        layout.frames[index].rows[row].at.x += distance
      }
    }
    right.x += distance
  }

  private func tracks() -> [Track] {
    var byGroup: [Int: Track] = [:]
    for (index, edge) in picture.edges.enumerated() {
      guard edge.kind == .ladder || edge.kind == .shadow, case .group(let group) = edge.to else {
        continue
      }
      byGroup[group, default: Track(group: group, edges: [], port: 0, top: 0, bottom: 0)]
        .edges.append(index)
    }
    let rows = byGroup.mapValues { track in track.edges.map { leavingRow(of: $0) } }
    return byGroup.keys.sorted().compactMap { group in
      guard var track = byGroup[group], let frame = rect(of: .group(group)) else { return nil }
      let own = rows[group] ?? []
      let others = Set(rows.filter { $0.key != group }.flatMap(\.value))
      track.port = port(of: frame, level: own, avoiding: others)
      let ys = own + [track.port]
      track.top = ys.min() ?? 0
      track.bottom = ys.max() ?? 0
      return track
    }
  }

  /// The height at which a track enters its ladder: level with a line that leads there if it can
  /// be, and never level with one that leads elsewhere, so that no two strokes run together.
  private func port(
    of frame: PictureRect, level own: [Int], avoiding others: Set<Int>
  ) -> Int {
    let first = frame.y + 17
    let inside = own.filter { frame.y + 8 < $0 && $0 < frame.bottom - 8 }
    return (inside + Array(first..<max(first + 1, frame.bottom - 4))).first { y in
      (y - 3...y + 3).allSatisfy { !others.contains($0) }
    } ?? first
  }

  /// The row of the line an arrow leaves from.
  private func leavingRow(of edge: Int) -> Int {
    guard case .node(let node) = picture.edges[edge].from else { return 0 }
    let box = layout.boxes[node]
    let row = box.rows.first { row in
      guard case .line(let line, isFirst: true) = row.kind else { return false }
      return line == picture.edges[edge].line
    }
    return row.map { $0.at.y - 4 } ?? box.rect.y + 17
  }

  /// Gives every track the first place that is free along its rows; how many places there are.
  private func assign(_ tracks: inout [Track]) -> Int {
    var ends: [Int] = []
    let order = tracks.indices.sorted { (tracks[$0].top, $0) < (tracks[$1].top, $1) }
    for index in order {
      let place = ends.firstIndex { $0 + 6 < tracks[index].top } ?? ends.count
      if place == ends.count { ends.append(0) }
      ends[place] = tracks[index].bottom
      tracks[index].place = place
    }
    return ends.count
  }
}
