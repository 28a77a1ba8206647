import JSONReading
import OpenAIWire
import PolicyDiagnostics
import PolicyGraph
import PolicySource
import RoutingEvaluation
import RoutingRequests
import YAMLReading

/// A request named on the command line: OpenAI's JSON, or the same as YAML.
struct RequestFile: Sendable {
  let name: String
  let request: ChatRequest

  /// Reads a file; `-` is standard input, `.yaml` and `.yml` are YAML.
  init(_ path: String) throws(CommandFailure) {
    try self.init(path, bytes: Files.input(path))
  }

  init(_ path: String, bytes: [UInt8]) throws(CommandFailure) {
    name = path
    let isYAML = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    let json = isYAML ? try Self.json(bytes, path) : bytes
    do throws(WireProblem) {
      request = try ChatRequest(json)
    } catch {
      // The places of a YAML file are gone: its problem is named by its path in the request.
      let place = isYAML ? nil : error.place
      let at = place.map { ":\($0.line):\($0.column)" } ?? ""
      throw CommandFailure("\(path)\(at): \(error.message)")
    }
  }

  /// Every request of a file: one, or of a `.jsonl` file one a line; empty lines are passed over.
  ///
  /// Names all lines that are no request, up to ten.
  static func all(in path: String) throws(CommandFailure) -> [RequestFile] {
    let bytes = try Files.input(path)
    guard path.hasSuffix(".jsonl") else { return [try RequestFile(path, bytes: bytes)] }
    var files: [RequestFile] = []
    var problems: [String] = []
    for (number, line) in lines(of: bytes) {
      do throws(WireProblem) {
        files.append(RequestFile("\(path):\(number)", try ChatRequest(Array(line))))
      } catch {
        let column = error.place.map { ":\($0.column)" } ?? ""
        problems.append("\(path):\(number)\(column): \(error.message)")
        if problems.count == 10 { break }
      }
    }
    guard problems.isEmpty else { throw CommandFailure(problems.joined(separator: "\n")) }
    guard !files.isEmpty else { throw CommandFailure("\(path): the file has no requests") }
    return files
  }

  init(_ name: String, _ request: ChatRequest) {
    self.name = name
    self.request = request
  }

  /// Lines with something in them and their numbers, from 1.
  static func lines(of bytes: [UInt8]) -> [(number: Int, line: ArraySlice<UInt8>)] {
    TextLines.all(of: bytes)
  }

  private static func json(
    _ bytes: [UInt8], _ path: String
  ) throws(CommandFailure) -> [UInt8] {
    let file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
    let parsed = YAMLReader.read(file)
    let json = parsed.value?.jsonBytes
    let problems = parsed.diagnostics + (json?.diagnostics ?? [])
    if let problem = problems.first {
      let place = file.location(of: problem.span.start)
      throw CommandFailure("\(path):\(place.line):\(place.column): \(problem.message)")
    }
    guard let bytes = json?.value else { throw CommandFailure("\(path): the file is empty") }
    return bytes
  }
}
