/// Every family and its series: the value under the registry's lock.
struct SeriesTable: Sendable {
  enum Series: Sendable {
    case counter(CounterSeries)
    case gauge(GaugeSeries)
    case histogram(HistogramSeries)

    var identity: ObjectIdentifier {
      switch self {
      case .counter(let series): ObjectIdentifier(series)
      case .gauge(let series): ObjectIdentifier(series)
      case .histogram(let series): ObjectIdentifier(series)
      }
    }
  }

  struct Family: Sendable {
    let declared: MetricFamily
    var series: [LabelSet: Series] = [:]
  }

  private(set) var families: [String: Family] = [:]
  /// Which family a sample's name belongs to.
  private var owners: [String: String] = [:]
  private var count = 0
  let limits: SeriesLimits

  init(_ limits: SeriesLimits) {
    self.limits = limits
  }

  /// Whether the family stands; not if another uses one of its names or is of another kind.
  @discardableResult
  mutating func declare(_ family: MetricFamily) -> Bool {
    if let known = families[family.name] { return known.declared.kind.word == family.kind.word }
    let names = family.sampleNames
    guard names.allSatisfy({ owners[$0] == nil }) else { return false }
    for name in names { owners[name] = family.name }
    families[family.name] = Family(declared: family)
    return true
  }

  enum Found: Sendable {
    case series(Series)
    /// The series that stands for all that were too many.
    case overflow(Series)
    /// Another kind of metric has the name.
    case refused
  }

  /// The series of these labels, made if it is new and there is room.
  mutating func series(
    _ dimensions: [(String, String)], of wanted: MetricFamily
  ) -> Found {
    guard declare(wanted), let family = families[wanted.name] else { return .refused }
    let labels = LabelSet(dimensions)
    if let known = family.series[labels] { return .series(known) }
    if family.series.count < limits.perMetric, count < limits.inAll {
      return .series(make(labels, in: family))
    }
    let overflow = LabelSet.overflow(of: dimensions)
    if let known = family.series[overflow] { return .overflow(known) }
    return .overflow(make(overflow, in: family))
  }

  mutating func remove(_ identity: ObjectIdentifier) {
    for (name, family) in families {
      guard let labels = family.series.first(where: { $1.identity == identity })?.key else {
        continue
      }
      families[name]?.series[labels] = nil
      count -= 1
      return
    }
  }

  private mutating func make(_ labels: LabelSet, in family: Family) -> Series {
    let made: Series =
      switch family.declared.kind {
      case .counter: .counter(CounterSeries())
      case .gauge: .gauge(GaugeSeries())
      case .histogram(let buckets): .histogram(HistogramSeries(buckets))
      }
    families[family.declared.name]?.series[labels] = made
    count += 1
    return made
  }
}
