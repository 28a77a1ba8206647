import RoutingBudgets

/// One question of a partition, without its vector.
struct SimilarRow: Sendable {
  /// With the partition, what its answer is kept under.
  let key: CacheDigest
  let text: String
  /// The request that was answered.
  let request: RequestID

  /// Bytes it is counted at beside its vector.
  var size: Int { text.utf8.count + 128 }
}

/// The questions of one partition, to be changed: a value, to be kept under a lock.
struct VectorBlock: Sendable {
  private let most: Int
  private(set) var rows: VectorRows
  private var places: [CacheDigest: Int] = [:]
  /// The row that gives way next, where it is full.
  private var next = 0
  private(set) var bytes = Self.overhead

  /// Of a block without its rows.
  private static let overhead = 512

  init(dimension: Int, most: Int) {
    rows = VectorRows(lanes: UnitVector.lanes(of: dimension))
    self.most = max(1, most)
  }

  var count: Int { places.count }

  func has(_ key: CacheDigest) -> Bool { places[key] != nil }

  /// Keeps a row in place of one with the same key; of more than fit, those that came first go.
  mutating func keep(_ row: SimilarRow, _ vector: UnitVector) {
    guard vector.lanes.count == rows.lanes else { return }
    if let place = places[row.key] { return replace(place, row, vector) }
    guard count < most else {
      let place = next % most
      next = (place + 1) % most
      places[rows.row(at: place).key] = nil
      places[row.key] = place
      return replace(place, row, vector)
    }
    places[row.key] = count
    rows.append(row, vector)
    bytes += size(of: row)
  }

  private mutating func replace(_ place: Int, _ row: SimilarRow, _ vector: UnitVector) {
    bytes += row.size - rows.row(at: place).size
    rows.replace(place, row, vector)
  }

  /// The last row takes the place of one that goes.
  mutating func remove(_ key: CacheDigest) {
    guard let place = places.removeValue(forKey: key) else { return }
    bytes -= size(of: rows.row(at: place))
    if let moved = rows.remove(place) { places[moved] = place }
  }

  private func size(of row: SimilarRow) -> Int { row.size + 32 * rows.lanes }
}

/// The questions of one partition, their vectors one behind the other.
///
/// In chunks, so that a row that comes while another task reads copies one of them, not all.
struct VectorRows: Sendable {
  private struct Chunk: Sendable {
    var lanes: [SIMD8<Float>] = []
    var rows: [SimilarRow] = []
  }

  /// Rows of a chunk; with vectors of 384 it has 384 KB.
  private static let rowsOfChunk = 256

  /// Eights of each vector.
  let lanes: Int
  private var chunks: [Chunk] = []

  init(lanes: Int) { self.lanes = lanes }

  var all: some Sequence<SimilarRow> { chunks.lazy.flatMap(\.rows) }

  func row(at place: Int) -> SimilarRow {
    chunks[place / Self.rowsOfChunk].rows[place % Self.rowsOfChunk]
  }

  // MARK: Changing them

  mutating func append(_ row: SimilarRow, _ vector: UnitVector) {
    if chunks.last.map({ $0.rows.count == Self.rowsOfChunk }) ?? true { chunks.append(Chunk()) }
    chunks[chunks.count - 1].lanes += vector.lanes
    chunks[chunks.count - 1].rows.append(row)
  }

  mutating func replace(_ place: Int, _ row: SimilarRow, _ vector: UnitVector) {
    let (chunk, index) = place.quotientAndRemainder(dividingBy: Self.rowsOfChunk)
    chunks[chunk].rows[index] = row
    for lane in 0..<lanes { chunks[chunk].lanes[index * lanes + lane] = vector.lanes[lane] }
  }

  /// The key of the row that is at the place then; nil if it was the last that went.
  mutating func remove(_ place: Int) -> CacheDigest? {
    let last = chunks.count - 1
    let (chunk, index) = place.quotientAndRemainder(dividingBy: Self.rowsOfChunk)
    let lastIndex = chunks[last].rows.count - 1
    var moved: CacheDigest?
    if chunk != last || index != lastIndex {
      chunks[chunk].rows[index] = chunks[last].rows[lastIndex]
      moved = chunks[chunk].rows[index].key
      for lane in 0..<lanes {
        let number = chunks[last].lanes[lastIndex * lanes + lane]
        chunks[chunk].lanes[index * lanes + lane] = number
      }
    }
    chunks[last].rows.removeLast()
    chunks[last].lanes.removeLast(lanes)
    if chunks[last].rows.isEmpty { chunks.removeLast() }
    return moved
  }

  // MARK: Reading them

  /// The rows nearest to a vector, the nearest first: `most` of those not below `least`.
  ///
  /// O(rows × numbers of a vector).
  func nearest(to vector: UnitVector, least: Float, most: Int) -> NearRows {
    var found = NearRows(least: least, most: most)
    guard vector.lanes.count == lanes else { return found }
    let query = vector.lanes.span
    for (number, chunk) in chunks.enumerated() {
      let numbers = chunk.lanes.span
      for index in 0..<chunk.rows.count {
        let row = numbers.extracting(index * lanes..<(index + 1) * lanes)
        found.add(Self.product(query, row), at: number * Self.rowsOfChunk + index)
      }
    }
    return found
  }

  /// Four sums side by side, so that none waits for another; the number of eights is a multiple of 4.
  static func product(
    _ a: borrowing Span<SIMD8<Float>>, _ b: borrowing Span<SIMD8<Float>>
  ) -> Float {
    var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
    var lane = 0
    while lane < a.count {
      sums.0 += a[lane] * b[lane]
      sums.1 += a[lane + 1] * b[lane + 1]
      sums.2 += a[lane + 2] * b[lane + 2]
      sums.3 += a[lane + 3] * b[lane + 3]
      lane += 4
    }
    return (sums.0 + sums.1 + (sums.2 + sums.3)).sum()
  }
}

/// The nearest rows found so far, the nearest first.
struct NearRows {
  struct Place {
    let similarity: Float
    let row: Int
  }

  private let least: Float
  private let most: Int
  private(set) var places: [Place] = []
  /// Of all rows, near enough or not.
  private(set) var nearest: Place?

  init(least: Float, most: Int) {
    self.least = least
    self.most = most
  }

  mutating func add(_ similarity: Float, at row: Int) {
    if similarity > nearest?.similarity ?? -.infinity {
      nearest = Place(similarity: similarity, row: row)
    }
    guard similarity >= least else { return }
    if places.count == most {
      guard let last = places.last, similarity > last.similarity else { return }
      places.removeLast()
    }
    // Of equals the one that stands first goes first.
    let at = places.firstIndex { $0.similarity < similarity } ?? places.count
    places.insert(Place(similarity: similarity, row: row), at: at)
  }
}
