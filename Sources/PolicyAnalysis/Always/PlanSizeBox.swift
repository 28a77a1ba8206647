import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import TokenEstimates

/// A number a plan depends on beyond any finite list.
enum SizeDimension: Hashable {
  /// The least estimate of what a family's models would be sent, and the bound on it.
  case low(TokenizerFamily), bound(TokenizerFamily)
  /// Bytes of a text that a judge, a compressor or an embedder is sent.
  case bytes(TextPart)
  case maxTokens
  /// The least that any budget of money has left, and any limit on tokens: the closer to nothing,
  /// the finer it is looked at.
  case left, tokensLeft

  static let allLeft = [SizeDimension.left, .tokensLeft]
}

/// Ranges of sizes, each by itself: what a plan makes of the corners holds of all between.
struct PlanSizeBox {
  private(set) var ranges: [SizeDimension: ClosedRange<Int64>]

  /// No estimate is that large: texts are limited, and messages are counted up to 2^32.
  static let most: Int64 = 1 << 40

  subscript(dimension: SizeDimension) -> ClosedRange<Int64> {
    get { ranges[dimension] ?? 0...0 }
    set { ranges[dimension] = newValue }
  }

  /// All sizes a request of a case may have.
  init(_ found: AlwaysCase, _ families: Set<TokenizerFamily>, _ regions: RegionSpace) {
    ranges = [:]
    let policy = regions.graphs[0].policy
    for family in families {
      // What a request without any text is.
      let least = TokenEstimate(messages: 0, family: TokenFamily(family))
      ranges[.low(family)] = 0...Self.most
      ranges[.bound(family)] = least.bound...Self.most
    }
    let prompt = regions.mostBytes(of: .prompt, in: found.region)
    for part in TextPart.allCases {
      ranges[.bytes(part)] = 0...min(prompt, regions.mostBytes(of: part, in: found.region))
    }
    ranges[.maxTokens] = regions.numbers(of: .maxTokens, in: found.region) ?? 1...Int64.max
    let open = found.openBudgets(policy)
    for dimension in SizeDimension.allLeft {
      let left = open.filter { $0.left == dimension }
        .map { regions.left(of: policy[$0.id], in: found.region) }
      if let low = left.map(\.lowerBound).min(), let high = left.map(\.upperBound).min() {
        ranges[dimension] = min(low, high)...high
      }
    }
  }

  /// Whether no request has such sizes: what is least is never above the bound, and no text is
  /// longer than the bound of what is sent with it.
  var isEmpty: Bool {
    for (dimension, range) in ranges {
      guard case .bound(let family) = dimension else { continue }
      if self[.low(family)].lowerBound > range.upperBound { return true }
      if self[.bytes(.question)].lowerBound > range.upperBound { return true }
    }
    return false
  }

  /// Cuts a dimension before a number that is in its range, but not its first.
  func cut(_ dimension: SizeDimension, before number: Int64) -> [PlanSizeBox] {
    let range = self[dimension]
    guard range.contains(number), number > range.lowerBound else { return [] }
    var (low, high) = (self, self)
    low[dimension] = range.lowerBound...(number - 1)
    high[dimension] = number...range.upperBound
    return [low, high].filter { !$0.isEmpty }
  }

  /// Cuts the one of some dimensions whose range spans the most magnitudes, in their middle.
  ///
  /// None if all span less than `least`, in powers of two.
  func halved(
    among dimensions: [SizeDimension], unlessWithin least: Double
  ) -> [PlanSizeBox] {
    var widest: (dimension: SizeDimension, width: Double)?
    for dimension in dimensions {
      let range = self[dimension]
      guard range.lowerBound < range.upperBound else { continue }
      let width = Self.magnitude(range.upperBound) - Self.magnitude(range.lowerBound)
      if width > widest?.width ?? least { widest = (dimension, width) }
    }
    guard let dimension = widest?.dimension else { return [] }
    let range = self[dimension]
    return cut(dimension, before: Self.middle(of: range))
  }

  private static func magnitude(_ number: Int64) -> Double {
    let number = max(0, number)
    let bits = Int64.bitWidth - number.leadingZeroBitCount
    // The leading bits as a fraction, so that 6 is larger than 5.
    let base = bits == 0 ? 0 : Double(number) / Double(Int64(1) << Int64(min(62, bits - 1)))
    return Double(bits) + base
  }

  /// Between the ends by magnitude; at least one past the lower.
  private static func middle(of range: ClosedRange<Int64>) -> Int64 {
    let (low, high) = (max(1, range.lowerBound), range.upperBound)
    if high / low < 4 { return range.lowerBound + (high - range.lowerBound) / 2 + 1 }
    let shift =
      (low.leadingZeroBitCount - high.leadingZeroBitCount) / 2
    return max(range.lowerBound + 1, low << Int64(max(1, shift)))
  }
}

/// One choice of all sizes.
struct CornerSizes {
  let given: GivenSizes
  let maxTokens: Int64?
  /// What budgets that are counted over time have left, by their unit.
  let left: [SizeDimension: Int64]

  /// Which end of its range each kind of size has.
  struct Ends {
    var low = End.least
    var high = End.least
    var bound = End.least
    var bytes = End.least
    var maxTokens = End.least
    var left = End.most
    var asksForOne = false
  }

  enum End { case least, most }

  init(_ box: PlanSizeBox, _ ends: Ends) {
    func pick(_ dimension: SizeDimension, _ end: End) -> Int64 {
      end == .least ? box[dimension].lowerBound : box[dimension].upperBound
    }
    var inputs: [TokenizerFamily: PlannedInput] = [:]
    var bytes: [TextPart: Int64] = [:]
    for dimension in box.ranges.keys {
      switch dimension {
      case .low(let family):
        let low = pick(dimension, ends.low)
        let bound = pick(.bound(family), ends.bound)
        let high = ends.high == .least ? low : PlanSizeBox.most
        inputs[family] = PlannedInput(
          interval: TokenInterval(low: low, high: high, bound: bound), expected: bound)
      case .bytes(let part): bytes[part] = pick(dimension, ends.bytes)
      case .bound, .maxTokens, .left, .tokensLeft: continue
      }
    }
    given = GivenSizes(inputs: inputs, bytes: bytes)
    let asked = ends.asksForOne ? 1 : pick(.maxTokens, ends.maxTokens)
    maxTokens = asked == .max ? nil : asked
    var left: [SizeDimension: Int64] = [:]
    for dimension in SizeDimension.allLeft where box.ranges[dimension] != nil {
      left[dimension] = pick(dimension, ends.left)
    }
    self.left = left
  }
}

extension RegionSpace {
  /// What a text's characters, of four bytes at most, make of it.
  fileprivate func mostBytes(of part: TextPart, in region: Diagram) -> Int64 {
    guard let chars = numbers(of: .chars(part), in: region)?.upperBound,
      chars < PlanSizeBox.most / 4
    else { return PlanSizeBox.most }
    return chars * 4
  }

  /// What an open budget may have left in a region.
  fileprivate func left(of budget: CheckedBudget, in region: Diagram) -> ClosedRange<Int64> {
    let cap = max(0, budget.cap.amount)
    let used = numbers(of: .budgetUsed(budget.name), in: region) ?? 0...cap
    let least = max(min(1, cap), cap - min(cap, max(0, used.upperBound)))
    return least...max(least, cap - min(cap, max(0, used.lowerBound)))
  }

  /// The least range that holds a number field's values in a region; nil if no test reads it.
  func numbers(of field: AnalysisField, in region: Diagram) -> ClosedRange<Int64>? {
    guard let level = space.level(of: field) else { return nil }
    var found: ClosedRange<Int64>?
    for cell in space.variables[level].cells.indices {
      guard case .range(let range) = space.variables[level].cells[cell],
        let literal = try? store.literal(level: level, cells: [cell..<(cell + 1)]),
        let here = try? store.and(region, literal), here != .never
      else { continue }
      found =
        found.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) }
        ?? range
    }
    return found
  }
}
