/// What one metric is, said before anything is counted: its help, its kind, its labels.
package struct MetricFamily: Hashable, Sendable {
  /// As it is exported, with its unit and, of a counter, `_total`.
  package let name: String
  /// One line for whoever reads `/metrics`.
  package let help: String
  package let kind: Kind
  /// In the order they are documented; a family without any has its one series from the start.
  package let labels: [String]

  package enum Kind: Hashable, Sendable {
    case counter
    case gauge
    case histogram(Buckets)

    /// As the format spells it.
    package var word: String {
      switch self {
      case .counter: "counter"
      case .gauge: "gauge"
      case .histogram: "histogram"
      }
    }
  }

  package init(_ name: String, _ kind: Kind, help: String, labels: [String] = []) {
    self.name = name
    self.kind = kind
    self.help = help
    self.labels = labels
  }

  /// Every name a sample of it may have: no other family may use one of them.
  var sampleNames: [String] {
    switch kind {
    case .counter, .gauge: [name]
    case .histogram: [name, name + "_bucket", name + "_sum", name + "_count"]
    }
  }
}
