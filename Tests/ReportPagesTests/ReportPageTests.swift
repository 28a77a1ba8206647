import ReportPages
import RoutingTestSupport
import Testing

@Suite struct `A report's page` {
  @Test func `is well-formed and clear whatever its texts and figures are`() {
    for seed in UInt64(1)...150 {
      var writer = PageWriter(seed: seed)
      let page = DrawnPage(writer.page().html)
      page.isSafe("seed \(seed)")
      page.isClear("seed \(seed)")
    }
  }

  @Test func `shows hostile texts as texts`() {
    let words = "<b>&amp;\"'\u{202E}\u{1}"
    let shown = "<b>&amp;\"'\u{FFFD}\u{FFFD}"
    let page = ReportPage(
      title: words, subtitle: words,
      blocks: [
        .heading(words), .prose(words), .list([words]),
        .tiles([ReportTile(label: words, value: words, note: words)]),
        .table(
          ReportTable(columns: [ReportColumn(title: words)], rows: [[words]], caption: words)),
        .details(summary: words, []),
      ])
    let drawn = DrawnPage(page.html)
    drawn.isSafe("hostile")
    // The title stands in the head as well.
    #expect(drawn.text.ranges(of: shown).count == 13)
  }

  @Test func `of nothing says so`() {
    let page = ReportPage(
      title: "", subtitle: "",
      blocks: [
        .list([]), .tiles([]), .table(ReportTable(columns: [], rows: [])),
        .waterfall(WaterfallChart(steps: [], caption: "")),
        .bars(BarChart(bars: [], unit: "", caption: "")),
        .curve(CurveChart(points: [], marks: [], xTitle: "", yTitle: "", caption: "")),
        .days(DayChart(days: [], series: [], unit: "", caption: "")),
        .scatter(ScatterChart(points: [], xTitle: "", yTitle: "", caption: "")),
      ])
    let drawn = DrawnPage(page.html)
    drawn.isSafe("empty")
    drawn.isClear("empty")
    // Each of five charts, drawn for two widths.
    #expect(drawn.text.ranges(of: "nothing to draw").count == 10)
  }

  @Test func `has each chart for wide windows and for narrow ones`() {
    let page = DrawnPage(Self.sample.html)
    page.isSafe("sample")
    page.isClear("sample")
    #expect(page.drawings.map(\.width) == Array(repeating: [720, 328], count: 5).flatMap(\.self))
  }

  @Test func `is what it was, byte for byte`() throws {
    let text = Self.sample.html
    let golden = GoldenFile("sample.html")
    let expected = try golden.expected(instead: text)
    #expect(text == expected)
  }

  static let sample = ReportPage(
    title: "What a week would have cost", subtitle: "policies/support · 348 requests",
    blocks: [
      .tiles([
        ReportTile(label: "as logged", value: "$1.16", note: "$0.18 a day"),
        ReportTile(label: "under this policy", value: "$0.11", note: "9.3 % of it"),
        ReportTile(
          label: "cheapest model", value: "$0.0024", note: "qwen3-8b; of its quality nobody says"),
      ]),
      .heading("Step by step"),
      .waterfall(
        WaterfallChart(
          steps: [
            .init(label: "as logged", value: 1.16, words: "$1.16", isTotal: true),
            .init(
              label: "routing: each route's last model", value: -0.92, words: "-$0.92",
              isTotal: false),
            .init(label: "ladders", value: -0.13, words: "-$0.13", isTotal: false),
            .init(
              label: "a surcharge that is <dearer>", value: 0.06, words: "+$0.06", isTotal: false),
            .init(label: "exact caches", value: -0.004, words: "-$0.0036", isTotal: false),
            .init(label: "now", value: 0.166, words: "$0.17", isTotal: true),
          ], caption: "What each step of the policy saves of the bill.")),
      .heading("By route"),
      .bars(
        BarChart(
          bars: [
            .init(
              label: "hard", value: 0.45, words: "$0.45 → $0.10", interval: 0.40...0.5, second: 0.1),
            .init(label: "otherwise", value: 0.33, words: "$0.33 → $0.0051", second: 0.0051),
            .init(
              label: "a route with a name that goes on and on for longer than there is room",
              value: 0.32, words: "$0.32 → $0.0019", second: 0.0019),
            .init(label: "refund", value: -0.06, words: "-$0.06"),
          ], unit: "dollars in the log", caption: "Filled: as logged. Outline: under this policy.")),
      .table(
        ReportTable(
          columns: [
            ReportColumn(title: "route"), ReportColumn(title: "requests", isFigure: true),
            ReportColumn(title: "cost", isFigure: true),
          ],
          rows: [["faq", "161", "$0.32"], ["hard", "41", "$0.45"], ["short"]],
          caption: "Each route of the policy.")),
      .heading("Where the money is"),
      .curve(
        CurveChart(
          points: [(0, 0), (0.05, 0.55), (0.1, 0.78), (0.2, 0.9), (0.5, 0.97), (1, 1)],
          marks: [
            .init(x: 0.05, y: 0.55, label: "gpt-4o"), .init(x: 0.1, y: 0.78, label: "reasoner"),
          ], xTitle: "share of requests", yTitle: "share of cost", caption: "The dearest first.")),
      .days(
        DayChart(
          days: ["Mon 9", "Tue 10", "Wed 11", "Thu 12", "Fri 13", "Sat 14", "Sun 15"],
          series: [
            .init(name: "gpt-4o", values: [3, 4, 4, 5, 4, 1, 1]),
            .init(name: "deepseek-v4-flash", values: [1, 1, 1.5, 1, 2, 0.5, .nan]),
            .init(name: "qwen3-8b", values: [0.5, 0.5, 0.5, 0.5, 0.5, 0.2, 0.2]),
          ], unit: "dollars", caption: "Spend by day and model.")),
      .scatter(
        ScatterChart(
          points: [
            .init(x: 0.02, y: 0.82, yInterval: 0.78...0.86, label: "qwen3-8b", isOnFrontier: true),
            .init(x: 0.05, y: 0.89, yInterval: 0.85...0.92, label: "flash", isOnFrontier: true),
            .init(x: 0.3, y: 0.88, label: "old ladder", isOnFrontier: false),
            .init(x: 0.6, y: 0.95, xInterval: 0.5...0.7, label: "reasoner", isOnFrontier: true),
            .init(x: 0.61, y: 0.945, label: "reasoner again", isOnFrontier: false),
          ], xTitle: "dollars a thousand requests", yTitle: "share answered well",
          caption: "Bars are 95 % intervals.")),
      .details(
        summary: "Taken for granted",
        [.list(["no call fails", "caches are empty at first"]), .prose("And no more.")]),
    ])
}
