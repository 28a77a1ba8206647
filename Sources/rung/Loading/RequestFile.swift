import JSONReading
import OpenAIWire
import PolicyGraph
import RoutingEvaluation
import RoutingRequests

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
    do throws(RequestTextProblem) {
      request = try ChatRequest(text: bytes, path: path)
    } catch {
      throw CommandFailure(error.message)
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
}
