import Foundation
import PrometheusMetrics
import Testing

@testable import RoutingGateway

@Suite struct `The dashboard` {
  /// Exported and on no panel, each for its reason.
  static let exceptions: [String: String] = [
    "rung_metrics_refused_total": "a mistake in our own sources, which a test finds first"
  ]

  private static let url = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "dashboards/rung-gateway.json")

  private let board: [String: Any]
  private let expressions: [String]

  init() throws {
    let data = try Data(contentsOf: Self.url)
    board = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let panels = board["panels"] as? [[String: Any]] ?? []
    expressions = panels.flatMap { $0["targets"] as? [[String: Any]] ?? [] }
      .compactMap { $0["expr"] as? String }
  }

  private static var families: [MetricFamily] { PrometheusRegistry.own + GatewayMetric.all }

  /// The names of samples in an expression.
  private func names(in expression: String) -> [String] {
    expression.split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "_") }
      .map(String.init).filter { $0.hasPrefix("rung_") }
  }

  @Test func `asks only for what is exported`() {
    var samples: Set<String> = []
    for family in Self.families {
      switch family.kind {
      case .counter, .gauge: samples.insert(family.name)
      case .histogram:
        samples.formUnion(["_bucket", "_sum", "_count"].map { family.name + $0 })
      }
    }
    let asked = expressions.flatMap(names)
    #expect(asked.count > 30)
    for name in asked { #expect(samples.contains(name), "\(name)") }
  }

  @Test func `shows everything that is exported, but for the named exceptions`() {
    let asked = Set(expressions.flatMap(names))
    for family in Self.families {
      let isShown = asked.contains { $0 == family.name || $0 == family.name + "_bucket" }
      #expect(isShown != (Self.exceptions[family.name] != nil), "\(family.name)")
    }
  }

  @Test func `sums only over labels that are there`() throws {
    for expression in expressions {
      let known = Set(
        names(in: expression).flatMap { name in
          Self.families.first { name == $0.name || name.hasPrefix($0.name + "_") }?.labels ?? []
        } + ["le", "instance"])
      for match in expression.matches(of: /by \(([a-z_, ]*)\)/) {
        for label in match.1.split(separator: ",").map({ $0.filter { $0 != " " } }) {
          #expect(known.contains(label), "\(label) in \(expression)")
        }
      }
    }
  }

  @Test func `has panels that do not lie over each other`() {
    let panels = board["panels"] as? [[String: Any]] ?? []
    var taken: Set<[Int]> = []
    var ids: Set<Int> = []
    for panel in panels {
      let place = panel["gridPos"] as? [String: Int] ?? [:]
      #expect(ids.insert(panel["id"] as? Int ?? 0).inserted)
      let (x, y, w, h) = (place["x"] ?? 0, place["y"] ?? 0, place["w"] ?? 0, place["h"] ?? 0)
      #expect(x + w <= 24 && w > 0 && h > 0)
      for column in x..<(x + w) {
        for line in y..<(y + h) { #expect(taken.insert([column, line]).inserted) }
      }
    }
  }
}
