import ArgumentParser
import Dispatch
import StandInProvider

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// `rung-standin`: the stand-in provider as a program.
@main struct RungStandIn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rung-standin",
    abstract: "An OpenAI-shaped model provider that answers by rule and fails on request.",
    discussion: """
      Prints one line with its address when it listens, and ends with status 0 on SIGTERM or SIGINT. \
      GET /__stats shows what it has seen; POST /__script gives it another script. A call with the \
      header x-standin-fault: NAME gets that fault (--list-faults shows the names). With --log FILE \
      every call stands in that file as one line of JSON before its answer begins, and a second line \
      says how the answer ended.
      """)

  @Option(help: "The address to listen on. Others than loopback are for closed networks only.")
  var host = "127.0.0.1"

  @Option(help: "The port; 0 takes a free one.")
  var port = 0

  @Option(help: "A JSON file with models and rules.")
  var script: String?

  @Option(help: "Names of models to answer for, with commas between; all others get 404.")
  var models: String?

  @Option(help: "Milliseconds between the events of a stream.")
  var chunkDelay: Int64?

  @Option(help: "A file to append one line of JSON to for every call, and one for its end.")
  var log: String?

  @Flag(help: "End when standard input ends: a parent that holds its other end takes this along.")
  var exitWithParent = false

  @Flag(help: "List the faults it can play, and end.")
  var listFaults = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("no such port: \(port)") }
    if let chunkDelay, chunkDelay < 0 { throw ValidationError("a delay cannot be negative") }
  }

  func run() async throws {
    if listFaults {
      let width = Fault.allCases.map(\.name.count).max() ?? 0
      for fault in Fault.allCases {
        let gap = String(repeating: " ", count: width - fault.name.count + 2)
        print(fault.name + gap + fault.summary)
      }
      return
    }
    let wanted = try readScript()
    let book = try log.map(CallBook.init)
    let end = Ending(withParent: exitWithParent)
    let standIn: StandIn
    do {
      standIn = try await StandIn.start(host: host, port: port, script: wanted, log: book?.write)
    } catch {
      throw Refusal("cannot listen on \(host) port \(port): \(error)")
    }
    print("listening on \(standIn.address)")
    flushOutput()
    await end.wait()
    await standIn.stop()
  }

  private func readScript() throws -> Script {
    var result = Script()
    if let script {
      let bytes: [UInt8]
      do {
        bytes = Array(try Data(contentsOf: URL(filePath: script)))
      } catch {
        throw Refusal("cannot read \(script)")
      }
      do throws(ScriptProblem) {
        result = try Script(json: bytes)
      } catch {
        throw Refusal("\(script): \(error.description)")
      }
    }
    if let models {
      let names = models.split(separator: ",").map { $0.filter { $0 != " " } }
      result.models = names.map { name in result.profile(named: name) ?? ModelProfile(name) }
      result.onlyListed = true
    }
    if let chunkDelay { result.chunkDelay = chunkDelay }
    return result
  }

  /// A pipe keeps lines back until there are many; whoever starts this waits for the first.
  private func flushOutput() { _ = fflush(nil) }
}

/// Why it cannot start; ends the program with status 1.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What ends the program: SIGTERM, SIGINT, or the end of standard input.
private struct Ending {
  private let endings: AsyncStream<Void>
  private let sources: [any DispatchSourceProtocol]

  init(withParent: Bool) {
    let (endings, continuation) = AsyncStream.makeStream(of: Void.self)
    self.endings = endings
    sources = [SIGTERM, SIGINT].map { number in
      // The default action would end the process before the source is told.
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    guard withParent else { return }
    DispatchQueue.global().async {
      while readLine() != nil {}
      continuation.yield()
    }
  }

  func wait() async {
    for await _ in endings { break }
    for source in sources { source.cancel() }
  }
}
