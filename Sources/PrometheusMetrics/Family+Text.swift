extension SeriesTable.Family {
  /// Help, type and every series, by labels.
  func write(to text: inout String) {
    let name = declared.name
    text += "# HELP \(name) \(Self.escaped(declared.help))\n"
    text += "# TYPE \(name) \(declared.kind.word)\n"
    for (labels, series) in series.sorted(by: { $0.key.text < $1.key.text }) {
      switch series {
      case .counter(let counter): text += "\(name)\(labels.braced) \(counter.text)\n"
      case .gauge(let gauge): text += "\(name)\(labels.braced) \(gauge.text)\n"
      case .histogram(let histogram):
        let (cumulative, sum, count) = histogram.snapshot
        for (bound, count) in cumulative {
          text += "\(name)_bucket\(labels.with("le", bound)) \(count)\n"
        }
        text += "\(name)_sum\(labels.braced) \(sum)\n"
        text += "\(name)_count\(labels.braced) \(count)\n"
      }
    }
  }

  private static func escaped(_ help: String) -> String {
    var escaped = ""
    for scalar in help.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
