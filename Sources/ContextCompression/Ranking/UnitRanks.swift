/// How much a question needs each unit.
struct UnitRanks {
  /// BM25 of each unit against the question's terms.
  ///
  /// Linear in the entries.
  static func matches(_ index: UnitIndex, _ question: [(term: Int, weight: Double)]) -> [Double] {
    guard !question.isEmpty else { return Array(repeating: 0, count: index.count) }
    let weights = index.weights
    var wanted = Array(repeating: 0.0, count: weights.count)
    for asked in question { wanted[asked.term] = max(wanted[asked.term], asked.weight) }
    let total = index.lengths.reduce(0, +)
    let average = max(1, Double(total) / Double(max(1, index.count)))
    let (saturation, slope) = (1.2, 0.75)
    return (0..<index.count).map { unit in
      let norm = saturation * (1 - slope + slope * Double(index.lengths[unit]) / average)
      var score = 0.0
      for place in index.starts[unit]..<index.starts[unit + 1] {
        let entry = index.entries[place]
        let asked = wanted[Int(entry.term)]
        guard asked > 0 else { continue }
        let count = Double(entry.count)
        score += asked * weights[Int(entry.term)] * count * (saturation + 1) / (count + norm)
      }
      return score
    }
  }

  /// TextRank: a unit is important that shares terms with important units.
  ///
  /// The likeness of two units is the product of their rows in the matrix of units and terms, so a
  /// step of the iteration goes to the terms and back and is linear in the entries; no pair of units
  /// is ever looked at. It starts again at what the question asks for, everywhere if it asks for none.
  static func central(_ index: UnitIndex, from matches: [Double]) -> [Double] {
    let units = index.count
    guard units > 0 else { return [] }
    let weights = index.weights
    let sum = matches.reduce(0, +)
    let even = 1 / Double(units)
    let start = matches.map { sum > 0 ? 0.8 * $0 / sum + 0.2 * even : even }
    let scale = index.lengths.map { 1 / Double(max(1, $0)).squareRoot() }
    let (step, back) = (0.85, 0.15)

    /// What flows from units to terms, or back.
    func toTerms(_ ranks: [Double]) -> [Double] {
      var terms = Array(repeating: 0.0, count: weights.count)
      for unit in 0..<units {
        let share = ranks[unit] * scale[unit]
        for place in index.starts[unit]..<index.starts[unit + 1] {
          let term = Int(index.entries[place].term)
          terms[term] += share * weights[term]
        }
      }
      return terms
    }
    func toUnit(_ terms: [Double], _ unit: Int) -> Double {
      var found = 0.0
      for place in index.starts[unit]..<index.starts[unit + 1] {
        let term = Int(index.entries[place].term)
        found += terms[term] * weights[term]
      }
      return found * scale[unit]
    }
    let ones = toTerms(Array(repeating: 1, count: units))
    let degrees = (0..<units).map { toUnit(ones, $0) }
    var ranks = start
    for _ in 0..<12 {
      let flow = toTerms((0..<units).map { degrees[$0] > 0 ? ranks[$0] / degrees[$0] : 0 })
      ranks = (0..<units).map { back * start[$0] + step * toUnit(flow, $0) }
    }
    return ranks
  }
}
