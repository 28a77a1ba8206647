package import PolicyUnits

/// The time zones of a machine: their names, and the hours their clocks leave out.
package struct MachineZones: Sendable, ExpressibleByArrayLiteral {
  /// IANA names, sorted; empty means zones were not looked up and any well-formed name passes.
  package let names: [String]
  private let reading: @Sendable (String, CalendarDate, Int) -> Bool

  /// `reading` says whether the clocks of a zone show an hour of a date.
  package init(
    names: [String], reading: @escaping @Sendable (String, CalendarDate, Int) -> Bool
  ) {
    self.names = names
    self.reading = reading
  }

  /// Names of zones that leave out nothing.
  package init(arrayLiteral names: String...) {
    self.init(names: names) { _, _, _ in true }
  }

  /// Whether the clocks of a zone show an hour of a date: none in spring does that it goes past.
  package func show(_ hour: Int, on date: CalendarDate, in zone: String) -> Bool {
    reading(zone, date, hour)
  }
}

extension CheckedPolicy {
  /// Whether the policy's clock ever shows an hour of a date.
  package func shows(_ hour: Int, on date: CalendarDate) -> Bool {
    zone.map { vocabulary.zones.show(hour, on: date, in: $0) } ?? true
  }
}
