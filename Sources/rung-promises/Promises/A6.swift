import Foundation
import RoutingLedger

/// The ledger proves itself: `verify` finds any changed byte.
///
/// A ledger of some hundreds of rows is changed at one byte at a time, anywhere in its file or its
/// head, and verified: in this process for speed, and some through the program.
enum A6: Promise {
  static let name = "A6"
  static let text = "rung ledger verify finds any changed byte"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let ground = try Ground(trial, "a6")
    let gateway = try ground.gateway("ledger")
    let run = try gateway.run(try ground.requests(300, in: gateway), atOnce: 16)
    guard run.ending == .exit(0) else { throw PromiseFailure("a run fails: \(run.complaint)") }
    let sound = try gateway.verify()
    guard sound.ending == .exit(0) else {
      return .of(["a sound ledger is found broken: \(sound.said)\(sound.complaint)"], "")
    }
    let files = [gateway.ledger, URL(filePath: gateway.ledger.path + "-head")]
    let contents = try files.map { Array(try Data(contentsOf: $0)) }
    let size = contents.reduce(0) { $0 + $1.count }
    let whole = trial.count(10_000, atLeast: 40)
    let outside = min(whole, trial.count(100, atLeast: 5))
    var findings: [String] = []
    for index in 0..<whole {
      trial.progress.show("A6 change \(index + 1) of \(whole)")
      var place = ground.number(below: size)
      let file = place < contents[0].count ? 0 : 1
      place -= file == 0 ? 0 : contents[0].count
      var changed = contents[file]
      changed[place] ^= UInt8(1 + ground.number(below: 255))
      try write(changed[place], at: place, of: files[file])
      let isFound =
        index < outside
        ? try gateway.verify().ending != .exit(0)
        : try !LedgerVerifier(path: gateway.ledger.path).verify().findings.isEmpty
      try write(contents[file][place], at: place, of: files[file])
      if !isFound {
        findings.append("byte \(place) of \(files[file].lastPathComponent) changed, and not found")
      }
    }
    if try gateway.verify().ending != .exit(0) { findings.append("the ledger was not put back") }
    return .of(
      findings,
      "\(whole) changes of one byte in \(size / 1024) KiB of ledger and head, 0 missed; \(outside) of "
        + "them by rung ledger verify")
  }

  private static func write(_ byte: UInt8, at place: Int, of file: URL) throws {
    let handle = try FileHandle(forUpdating: file)
    defer { try? handle.close() }
    try handle.seek(toOffset: UInt64(place))
    try handle.write(contentsOf: Data([byte]))
  }
}
