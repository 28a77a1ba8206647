import Foundation
package import PolicySemantics
package import PolicyUnits

extension TimeZones {
  /// What a policy is checked with.
  package static let ofThisMachine = MachineZones(names: known) { zone, date, hour in
    WallClock.shows(hour, on: date, zone: zone)
  }
}

extension WallClock {
  /// Whether the clocks of a zone show an hour of a date, be it for a quarter of it; an unknown zone's
  /// show each.
  package static func shows(_ hour: Int, on date: CalendarDate, zone: String) -> Bool {
    guard let zone = TimeZone(identifier: zone) else { return true }
    let start = Double(date.daysSince1970 * 86_400 + Int64(hour) * 3_600)
    let day = 86_400.0
    let offsets = [start - day, start, start + day].map {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: $0))
    }
    return (0..<4).contains { quarter in
      let shown = start + Double(quarter) * 900
      return offsets.contains { offset in
        let instant = Date(timeIntervalSince1970: shown - Double(offset))
        return zone.secondsFromGMT(for: instant) == offset
      }
    }
  }
}
