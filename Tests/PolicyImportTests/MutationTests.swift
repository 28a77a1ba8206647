import PolicyCompiler
import PolicyDiagnostics
import PolicyImport
import PolicySource
import RoutingCatalog
import RoutingTestSupport
import Testing

@Suite struct `Broken configurations` {
  @Test(arguments: Samples.all, [UInt64(7), 2026])
  func `never trap, and what comes of them checks without an error`(
    sample: (format: RouterFormat, name: String), seed: UInt64
  ) throws {
    print("mutated \(sample.name), seed \(seed)")
    var random = SplitMix(state: seed)
    let original = Array(try Samples.text(sample.name).utf8)
    var written = 0
    for _ in 0..<250 {
      var bytes = original
      for _ in 0...Int.random(in: 0...3, using: &random) { mutate(&bytes, &random) }
      let file = SourceFile(id: SourceID(0), path: "sample", bytes: bytes)
      let imported: ImportedPolicy
      do throws(ImportProblem) {
        imported = try PolicyImport.read(sample.format, file)
      } catch {
        #expect(!error.isDefect, "\(error.words)\n\(String(decoding: bytes, as: UTF8.self))")
        continue
      }
      guard imported.policy != nil else { continue }
      written += 1
      let files = try ImportedAsk.files(of: imported)
      let compilation = PolicyCompilation(path: "policy.rung", today: nil) { files[$0] }
      #expect(compilation.compiled != nil, "\(compilation.firstError)")
      let catalog = CatalogReader.read(
        SourceFile(path: "catalog.yaml", text: try #require(imported.catalog)))
      #expect(!catalog.diagnostics.contains { $0.severity == .error })
    }
    print("\(written) of 250 became a policy")
    #expect(written > 20)
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
    case 3:
      // A digit for another: other weights, prices, times.
      if let digit = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) {
        bytes[digit] = 0x30 + UInt8.random(in: 0...9, using: &random)
      }
    case 4:
      let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      bytes.removeSubrange(place..<end)
    default:
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      guard let one = lines.randomElement(using: &random) else { return }
      bytes.insert(contentsOf: Array(one) + [0x0A], at: place)
    }
  }

  private static let pieces = [
    "-", ": ", "\"", "[]", "{}", "null", "0", "1e400", "-1", "\u{0}", "é", "*", "$", "\n  ", "a: b",
    "\"$or\": [], ", "or", "rung", "99999999999999999999", "true", "~", "'", "\\", "//",
  ].map { Array($0.utf8) }
}

extension ImportProblem {
  /// The importer's own fault.
  fileprivate var isDefect: Bool {
    if case .doesNotCheck = self { true } else { false }
  }
}
