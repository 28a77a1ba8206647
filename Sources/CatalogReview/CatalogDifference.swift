import PolicySemantics
package import RoutingCatalog

/// What changed from one catalog to another, value by value: how a file is written makes none.
package struct CatalogDifference: Sendable {
  /// Old and new, where they differ.
  package let currency: (old: String, new: String)?
  package let referenceTokenizer: FieldChange?
  package let providers: Section
  package let models: Section
  package let embedders: Section

  /// Things of one kind, by name, in the order of the old catalog and then of the new.
  package struct Section: Sendable {
    package var added: [String] = []
    package var removed: [String] = []
    package var changed: [(name: String, changes: [FieldChange])] = []

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
  }

  package var isEmpty: Bool {
    currency == nil && referenceTokenizer == nil && providers.isEmpty && models.isEmpty
      && embedders.isEmpty
  }

  /// O(models × their fields).
  package init(_ old: Catalog, _ new: Catalog) {
    let currencies = (old.vocabulary.currency, new.vocabulary.currency)
    currency = currencies.0 == currencies.1 ? nil : (old: currencies.0, new: currencies.1)
    referenceTokenizer = FieldChange(
      CatalogField(
        "reference_tokenizer", old.vocabulary.referenceTokenizer.rawValue, .decision),
      CatalogField(
        "reference_tokenizer", new.vocabulary.referenceTokenizer.rawValue, .decision))
    let comparable = currencies.0 == currencies.1
    providers = Self.section(
      old.providerFields, new.providerFields, areComparable: comparable)
    models = Self.section(
      old.described.map { ($0.entry.name, $0.fields) },
      new.described.map { ($0.entry.name, $0.fields) }, areComparable: comparable)
    embedders = Self.section(
      old.describedEmbedders.map { ($0.entry.name, $0.fields) },
      new.describedEmbedders.map { ($0.entry.name, $0.fields) }, areComparable: comparable)
  }

  private typealias Thing = (name: String, fields: [CatalogField])

  private static func section(_ old: [Thing], _ new: [Thing], areComparable: Bool) -> Section {
    let before = Dictionary(old.map { ($0.name, $0.fields) }) { first, _ in first }
    let after = Dictionary(new.map { ($0.name, $0.fields) }) { first, _ in first }
    var section = Section()
    for (name, fields) in old {
      guard let others = after[name] else {
        section.removed.append(name)
        continue
      }
      let changes = changes(from: fields, to: others, areComparable)
      if !changes.isEmpty { section.changed.append((name, changes)) }
    }
    section.added = new.map(\.name).filter { before[$0] == nil }
    return section
  }

  private static func changes(
    from old: [CatalogField], to new: [CatalogField], _ areComparable: Bool
  ) -> [FieldChange] {
    let after = Dictionary(new.map { ($0.key, $0) }) { first, _ in first }
    let known = Set(old.map(\.key))
    return old.compactMap { FieldChange($0, after[$0.key], areComparable: areComparable) }
      + new.filter { !known.contains($0.key) }
      .compactMap { FieldChange(nil, $0, areComparable: areComparable) }
  }
}

/// One value that changed.
package struct FieldChange: Hashable, Sendable {
  package let key: String
  /// Nil if the catalog did not say it.
  package let old: String?
  package let new: String?
  package let isPrice: Bool
  package let bearing: FieldBearing
  /// For prices that are known before and after, in one currency.
  package let direction: Direction?
  /// New over old in hundredths, rounded; nil without a direction, from zero, or past all measure.
  package let hundredths: Int64?

  package var oldText: String { old ?? unsaid }
  package var newText: String { new ?? unsaid }

  /// What holds where the catalog does not say it.
  private var unsaid: String {
    if isPrice { return "unknown" }
    return key == CatalogField.balance ? "\(Balance.weighted.rawValue) by default" : "not said"
  }

  package enum Direction: String, Hashable, Sendable {
    case dearer, cheaper
  }

  /// Nil if nothing changed.
  init?(_ old: CatalogField?, _ new: CatalogField?, areComparable: Bool = true) {
    guard let one = old ?? new, old != new else { return nil }
    key = one.key
    self.old = old?.text
    self.new = new?.text
    isPrice = one.isPrice
    bearing = one.bearing
    guard areComparable, let before = old?.magnitude, let after = new?.magnitude, before != after
    else {
      direction = nil
      hundredths = nil
      return
    }
    direction = after > before ? .dearer : .cheaper
    hundredths =
      before > 0
      ? Int64(exactly: (Int128(after) * 200 + Int128(before)) / (Int128(before) * 2)) : nil
  }
}
