/// Which units stay because others do.
///
/// What is kept brings the heading and the sentence it needs, and all that speaks of it; so of a sentence
/// and what takes it back there is never the one without the other.
struct Bonds {
  /// A unit as far as it is bound to others; all are counted through all texts.
  struct Member {
    let text: Int
    let section: Int
    let owner: Int?
    let dependence: Dependence
    let isHeading: Bool
  }

  private let owners: [Int?]
  /// The sentence before, of one that cannot stand alone.
  private let needs: [Int?]
  /// Whether a unit goes on from the one before it.
  private let goesOn: [Bool]
  /// The section of each unit, and of each section what may speak of anything in it, in order.
  private let sections: [Int]
  private var speaking: [[Int]] = []
  /// What speaks of something nobody can see: of what follows, if of anything.
  private(set) var standing: [Int] = []

  init(_ members: [Member]) {
    owners = members.map(\.owner)
    var needs: [Int?] = []
    var goesOn: [Bool] = []
    var sections: [Int] = []
    needs.reserveCapacity(members.count)
    /// The last unit that is no heading.
    var last: Int?
    for (place, member) in members.enumerated() {
      let isNew =
        place == 0 || members[place - 1].text != member.text
        || members[place - 1].section != member.section
      if isNew { speaking.append([]) }
      sections.append(speaking.count - 1)
      let isNear = last == place - 1 && !isNew
      /// Whether something stands before it below the same heading.
      let isLater = last.map { sections[$0] == sections[place] } ?? false
      switch member.dependence {
      case .none, .text:
        needs.append(nil)
        goesOn.append(false)
      case .nearest:
        needs.append(isNear ? last : nil)
        goesOn.append(isNear)
      case .unshown, .passage:
        let isBound = isLater || member.dependence == .passage
        needs.append(isBound ? last : nil)
        goesOn.append(false)
        guard isBound else { break }
        if let last { speaking[sections[last]].append(place) } else { standing.append(place) }
      }
      if !member.isHeading { last = place }
    }
    self.needs = needs
    self.goesOn = goesOn
    self.sections = sections
  }

  /// All that stays with some units beside what is kept; nil if it is more than there is room for.
  ///
  /// Linear in what it finds and in what speaks of it: as many `steps`.
  func company(
    of units: [Int], room: Int = .max, bytes: (Int) -> Int, isKept: (Int) -> Bool,
    steps: inout Int
  ) -> [Int]? {
    var found: [Int] = []
    var seen: Set<Int> = []
    var cost = 0
    /// From where on all that speaks of a section is there.
    var heard: [Int: Int] = [:]
    var waiting = units
    while let unit = waiting.popLast() {
      steps -= 1
      guard !isKept(unit), seen.insert(unit).inserted else { continue }
      cost += bytes(unit)
      guard cost <= room else { return nil }
      found.append(unit)
      if let owner = owners[unit] { waiting.append(owner) }
      if let need = needs[unit] { waiting.append(need) }
      if unit + 1 < goesOn.count, goesOn[unit + 1] { waiting.append(unit + 1) }
      let section = sections[unit]
      var next = heard[section] ?? speaking[section].count
      while next > 0, speaking[section][next - 1] > unit {
        next -= 1
        steps -= 1
        waiting.append(speaking[section][next])
      }
      heard[section] = next
    }
    return found
  }
}
