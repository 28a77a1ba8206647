import ReportPages
import RoutingTestSupport
import Testing

@Suite struct `A chart` {
  /// Shapes of one class, in their order.
  private func shapes(_ svg: String, _ name: String) -> [DrawnPage.Box] {
    DrawnPage(svg).drawings[0].shapes.filter { $0.name == name }.map(\.box)
  }

  @Test func `stands alone with its colours and its words`() {
    let svg = WaterfallChart(
      steps: [.init(label: "all", value: 2, words: "$2", isTotal: true)], caption: "One <bar>"
    ).svg
    let page = DrawnPage(svg)
    page.isSafe("one bar")
    page.isClear("one bar")
    #expect(page.elements["title"] == 2 && page.elements["desc"] == 1)
    #expect(svg.contains("prefers-color-scheme: dark") && svg.contains("role=\"img\""))
    #expect(page.text.contains("all: $2"))
  }

  @Test func `of bars starts at zero, and lengths are as values`() {
    let svg = BarChart(
      bars: [
        .init(label: "a", value: 100, words: "100"), .init(label: "b", value: 50, words: "50"),
        .init(label: "c", value: -25, words: "-25"),
      ], unit: "", caption: ""
    ).svg
    let bars = shapes(svg, "rc-c1")
    #expect(bars.count == 3)
    let lengths = bars.map { $0.right - $0.left }
    #expect(abs(lengths[0] - 2 * lengths[1]) < 0.3 && abs(lengths[0] - 4 * lengths[2]) < 0.5)
    #expect(abs(bars[0].left - bars[1].left) < 0.11 && abs(bars[2].right - bars[0].left) < 0.11)
  }

  @Test func `that falls hangs each step where the last one ended`() {
    let svg = WaterfallChart(
      steps: [
        .init(label: "a", value: 10, words: "", isTotal: true),
        .init(label: "b", value: -4, words: "", isTotal: false),
        .init(label: "no figure", value: .nan, words: "", isTotal: false),
        .init(label: "c", value: 2, words: "", isTotal: false),
        .init(label: "d", value: 8, words: "", isTotal: true),
      ], caption: ""
    ).svg
    let totals = shapes(svg, "rc-c1")
    let less = shapes(svg, "rc-c3")
    let more = shapes(svg, "rc-c2")
    #expect(totals.count == 2 && less.count == 1 && more.count == 1)
    #expect(abs(less[0].right - totals[0].right) < 0.11)
    #expect(abs(more[0].left - less[0].left) < 0.11)
    #expect(abs(totals[1].right - more[0].right) < 0.11)
  }

  @Test func `of days piles groups up and says which days they are`() {
    let chart = DayChart(
      days: (1...365).map { "2026-\($0)" },
      series: (1...12).map { .init(name: "model \($0)", values: Array(repeating: 1, count: 365)) },
      unit: "dollars", caption: "")
    let page = DrawnPage(chart.svg)
    page.isClear("a year")
    // Seven have a colour of their own, the last colour is that of the others.
    #expect(page.text.contains("5 others"))
    let days = page.drawings[0].texts.filter { $0.words.hasPrefix("2026-") }
    #expect(days.count > 3 && days.first?.words == "2026-1")
  }

  @Test func `has round ticks`() {
    let svg = BarChart(
      bars: [.init(label: "a", value: 0.0437, words: "x")], unit: "dollars", caption: ""
    ).svg
    let words = DrawnPage(svg).drawings[0].texts.map(\.words)
    #expect(words.starts(with: ["0", "0.01", "0.02", "0.03", "0.04"]), "\(words)")
    let large = BarChart(
      bars: [.init(label: "a", value: 4_100_000, words: "x")], unit: "tokens", caption: ""
    ).svg
    let ticks = DrawnPage(large).drawings[0].texts.map(\.words)
    #expect(ticks.starts(with: ["0", "1,000,000", "2,000,000"]), "\(ticks)")
  }

  @Test func `keeps every label that it shows off the others`() {
    for seed in UInt64(1)...40 {
      var random = SplitMix(state: seed)
      let points = (0..<12).map { place in
        ScatterChart.Point(
          x: Double.random(in: 0...1, using: &random), y: Double.random(in: 0...1, using: &random),
          label: "model number \(place)", isOnFrontier: place < 4)
      }
      let page = DrawnPage(
        ScatterChart(points: points, xTitle: "cost", yTitle: "quality", caption: "").svg)
      page.isClear("seed \(seed)")
      let shown = page.drawings[0].texts.filter { $0.words.hasPrefix("model number") }
      #expect(shown.count >= 8, "seed \(seed): \(shown.count) of 12")
    }
  }

  @Test func `of 10,000 characters is drawn in no time`() {
    let long = String(repeating: "long ", count: 2000)
    let chart = BarChart(
      bars: (0..<60).map { .init(label: long, value: Double($0), words: long) }, unit: long,
      caption: long)
    let clock = ContinuousClock()
    let time = clock.measure { DrawnPage(chart.svg).isClear("long") }
    #expect(time < .seconds(20))
  }
}
