import PolicySemantics
import PolicyUnits

/// Numbers for the moments and prompt sizes that no test of a policy tells apart.
///
/// The hours of a policy that asks for `hour >= 22` alone fall into two cells. Requests of one
/// ``LoggedFacts`` whose numbers are equal give every test the same value, so whatever is decided of one
/// by its facts holds for the other.
package struct LoggedCells: Sendable {
  private let hours: ValueCells
  private let dates: ValueCells
  private let weekdays: ValueCells
  private let tokens: ValueCells

  package init(_ graph: DecisionGraph) {
    let moment = graph.momentSlots
    hours = ValueCells(ofSlot: moment.hour, in: graph.parts)
    dates = ValueCells(ofSlot: moment.date, in: graph.parts)
    weekdays = ValueCells(ofSlot: moment.weekday, in: graph.parts)
    tokens = ValueCells(ofSlot: graph.slot(reading: .tokens(.prompt)), in: graph.parts)
  }

  /// The cell of a moment alone, from 0.
  ///
  /// O(log of the limits in the policy).
  package func number(of moment: LocalMoment) -> Int {
    var number = hours.number(of: Int64(moment.hour))
    number = number * dates.count + dates.number(of: moment.date.daysSince1970)
    return number * weekdays.count
      + weekdays.number(of: DecisionGraph.place(of: moment.weekday))
  }

  /// The cell of a request at a moment of that cell, from 0.
  ///
  /// O(log of the limits in the policy).
  package func number(moment cell: Int, promptTokens: Int64) -> Int {
    cell * tokens.count + tokens.number(of: promptTokens)
  }
}

/// The values of one slot, cut where a test may change.
private struct ValueCells: Sendable {
  /// The first value of each cell but the lowest, ascending.
  private let starts: [Int64]

  /// One cell if no test reads the slot.
  init(ofSlot slot: Int?, in parts: GraphParts) {
    var starts: Set<Int64> = []
    for atom in parts.atoms where slot == Int(atom.source) {
      switch atom.operation {
      case .within, .outside, .lateWithin, .lateOutside:
        // Past the greatest number it begins anew at the least, where nothing changes.
        starts.insert(atom.operand)
        starts.insert(atom.operand &+ Int64(bitPattern: atom.width) &+ 1)
      case .inMask:
        let mask = UInt64(bitPattern: atom.operand)
        for bit in Int64(1)..<64 where (mask >> UInt64(bit) ^ mask >> UInt64(bit - 1)) & 1 == 1 {
          starts.insert(bit)
        }
      case .inList, .lateInList:
        let list = PoolList(atom.operand)
        for value in parts.pool[list.start..<(list.start + list.count)] {
          starts.insert(value)
          starts.insert(value &+ 1)
        }
      case .classifier, .task, .points, .scanned: break
      }
    }
    self.starts = starts.sorted()
  }

  var count: Int { starts.count + 1 }

  func number(of value: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
