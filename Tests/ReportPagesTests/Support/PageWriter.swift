import ReportPages
import RoutingTestSupport

/// Pages of all blocks, with texts and figures nobody wishes for.
struct PageWriter {
  static let hostile = [
    "<script>alert(1)</script>", "\"'&<>", "]]>", "--&gt;", "日本語の名前がここにとても長く続いていきます",
    "👩‍👩‍👧‍👦🏳️‍🌈🙂🙂🙂", "\u{0}\u{8}\u{1B}[31m", "\u{202E}evil\u{2066}", "عنوان طويل جدا جدا جدا", "a\nb\tc",
    "ﷺ﷽", String(repeating: "W", count: 200), String(repeating: "x", count: 10_000), "",
    "e\u{301}\u{301}\u{301}", "\u{FFFE}\u{FFFF}", "faq", "summarize 2", "deepseek-reasoner",
  ]
  static let figures: [Double] = [
    0, 1, -1, 0.5, 0.001, -0.25, 12_345.678, 1e12, 1e300, -1e300, 1e-300, .nan, .infinity,
    -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0, 3, 7,
  ]

  var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  mutating func text() -> String { Self.hostile.randomElement(using: &random) ?? "" }

  mutating func figure() -> Double {
    Bool.random(using: &random)
      ? Self.figures.randomElement(using: &random) ?? 0
      : Double.random(in: -10...100, using: &random)
  }

  mutating func range() -> ClosedRange<Double>? {
    let (a, b) = (figure(), figure())
    guard !a.isNaN, !b.isNaN, Bool.random(using: &random) else { return nil }
    return min(a, b)...max(a, b)
  }

  mutating func many<Value>(
    upTo most: Int, _ make: (inout PageWriter) -> Value
  ) -> [Value] {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in make(&self) }
  }

  mutating func page() -> ReportPage {
    ReportPage(title: text(), subtitle: text(), blocks: blocks(nested: false))
  }

  private mutating func blocks(nested: Bool) -> [ReportBlock] {
    var blocks: [ReportBlock] = [
      .heading(text()), .prose(text()), .list(many(upTo: 4) { $0.text() }),
      .preformatted(text()),
      .tiles(
        many(upTo: 5) { ReportTile(label: $0.text(), value: $0.text(), note: $0.text()) }),
      .table(
        ReportTable(
          columns: many(upTo: 4) { ReportColumn(title: $0.text(), isFigure: true) },
          rows: many(upTo: 5) { $0.many(upTo: 5) { $0.text() } }, caption: text())),
    ]
    blocks += charts()
    if !nested { blocks.append(.details(summary: text(), self.blocks(nested: true))) }
    return blocks
  }

  mutating func charts() -> [ReportBlock] {
    let days = Int.random(in: 0...40, using: &random)
    return [
      .waterfall(
        WaterfallChart(
          steps: many(upTo: 8) {
            .init(
              label: $0.text(), value: $0.figure(), words: $0.text(),
              isTotal: Bool.random(using: &$0.random))
          }, caption: text())),
      .bars(
        BarChart(
          bars: many(upTo: 70) {
            .init(
              label: $0.text(), value: $0.figure(), words: $0.text(), interval: $0.range(),
              second: Bool.random(using: &$0.random) ? $0.figure() : nil)
          }, unit: text(), caption: text())),
      .curve(
        CurveChart(
          points: many(upTo: 30) { ($0.figure(), $0.figure()) },
          marks: many(upTo: 6) { .init(x: $0.figure(), y: $0.figure(), label: $0.text()) },
          xTitle: text(), yTitle: text(), caption: text())),
      .days(
        DayChart(
          days: (0..<days).map { "2026-11-\($0)" },
          series: many(upTo: 12) { writer in
            .init(name: writer.text(), values: writer.many(upTo: days + 2) { $0.figure() })
          }, unit: text(), caption: text())),
      .scatter(
        ScatterChart(
          points: many(upTo: 15) {
            .init(
              x: $0.figure(), y: $0.figure(), xInterval: $0.range(), yInterval: $0.range(),
              label: $0.text(), isOnFrontier: Bool.random(using: &$0.random))
          }, xTitle: text(), yTitle: text(), caption: text())),
    ]
  }
}
