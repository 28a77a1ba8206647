import CRung
import Glibc
import JSONWriting
import RungPolicy

/// What crosses the boundary to C: the only code that trusts a pointer.
enum Boundary {
  /// A copy of a text that C owns.
  ///
  /// Nil if the pointer is null though there should be bytes, or the length is beyond all memory.
  static func bytes(_ pointer: UnsafePointer<CChar>?, _ length: Int) -> [UInt8]? {
    guard length >= 0 else { return nil }
    guard let pointer = unsafe pointer else { return length == 0 ? [] : nil }
    return unsafe Array(UnsafeRawBufferPointer(start: pointer, count: length))
  }

  /// The same as text; nil also if it is not UTF-8.
  static func text(_ pointer: UnsafePointer<CChar>?, _ length: Int) -> String? {
    guard let bytes = unsafe bytes(pointer, length) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The files of a policy with their paths; nil if a pointer or a path is none.
  static func files(
    _ pointer: UnsafePointer<rung_file>?, _ count: Int
  ) -> [(String, [UInt8])]? {
    guard let pointer = unsafe pointer, (1...mostFiles).contains(count) else { return nil }
    var files: [(String, [UInt8])] = []
    for index in 0..<count {
      let file = unsafe pointer[index]
      guard let path = unsafe text(file.path, file.path_length), !path.isEmpty,
        unsafe file.length <= mostBytes, let bytes = unsafe bytes(file.bytes, file.length)
      else { return nil }
      files.append((path, bytes))
    }
    return files
  }

  /// More would be no policy: a length that is wrong by far must not be believed.
  private static let mostFiles = 1 << 16
  private static let mostBytes = 1 << 30

  static func free(_ buffer: UnsafeMutablePointer<rung_buffer>) {
    unsafe Glibc.free(buffer.pointee.data)
    unsafe buffer.pointee = rung_buffer(data: nil, length: 0)
  }

  /// Gives bytes to C, in the place of what the buffer held.
  static func give(
    _ bytes: [UInt8], _ status: rung_status, to buffer: UnsafeMutablePointer<rung_buffer>?
  ) -> rung_status {
    guard let buffer = unsafe buffer else { return status }
    unsafe free(buffer)
    guard let copy = unsafe malloc(bytes.count + 1) else { return RUNG_OUT_OF_MEMORY.status }
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe copy.copyMemory(from: start, byteCount: source.count)
    }
    unsafe copy.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
    unsafe buffer.pointee = rung_buffer(
      data: copy.assumingMemoryBound(to: CChar.self), length: bytes.count)
    return status
  }

  static func give(
    _ status: rung_status, to buffer: UnsafeMutablePointer<rung_buffer>?,
    _ write: (inout JSONWriter) -> Void
  ) -> rung_status {
    var json = JSONWriter(reserving: 1024)
    write(&json)
    return unsafe give(json.bytes, status, to: buffer)
  }

  /// Says which argument is at fault.
  static func refuse(
    _ what: String, to buffer: UnsafeMutablePointer<rung_buffer>?
  ) -> rung_status {
    unsafe give(RUNG_INVALID_ARGUMENT.status, to: buffer) { json in
      json.object { json in
        json.member("code", "invalid_argument")
        json.member("message", what)
        json.member("line", orNull: Int?.none)
        json.member("column", orNull: Int?.none)
        json.array("diagnostics") { _ in }
      }
    }
  }

  /// Hands a policy out, or says why there is none.
  static func open(
    _ place: UnsafeMutablePointer<OpaquePointer?>?, _ report: UnsafeMutablePointer<rung_buffer>?,
    _ make: () throws(PolicyError) -> Policy
  ) -> rung_status {
    guard let place = unsafe place else { return unsafe refuse("`policy` is null", to: report) }
    unsafe place.pointee = nil
    do throws(PolicyError) {
      let policy = try make()
      unsafe place.pointee = OpaquePointer(Unmanaged.passRetained(policy).toOpaque())
      return unsafe give(RUNG_OK.status, to: report) { json in
        json.object { Diagnostic.write(policy.warnings, to: &$0) }
      }
    } catch {
      return unsafe give(RUNG_INVALID_POLICY.status, to: report) { error.write(to: &$0) }
    }
  }

  /// Answers a question about a request: what `give` hands out, or what is wrong in `report`.
  static func ask<Answer>(
    _ handle: OpaquePointer?, _ request: (UnsafePointer<CChar>?, Int),
    _ situation: (UnsafePointer<CChar>?, Int), _ report: UnsafeMutablePointer<rung_buffer>?,
    _ question: (Policy, Request) throws(RequestError) -> Answer,
    _ give: (Answer) -> rung_status
  ) -> rung_status {
    guard unsafe report != nil else { return RUNG_INVALID_ARGUMENT.status }
    guard let handle = unsafe handle else { return unsafe refuse("`policy` is null", to: report) }
    // Before a byte is read: a length that is wrong by far must not be believed.
    if let error = unsafe RequestError(bytes: max(request.1, situation.1)) {
      return unsafe Self.give(RUNG_INVALID_REQUEST.status, to: report) { error.write(to: &$0) }
    }
    guard let body = unsafe bytes(request.0, request.1), !body.isEmpty else {
      return unsafe refuse("`request` is null or empty, or its length is none", to: report)
    }
    guard let beside = unsafe bytes(situation.0, situation.1) else {
      return unsafe refuse("`situation` is null but its length is not 0, or is none", to: report)
    }
    let policy = unsafe Unmanaged<Policy>.fromOpaque(UnsafeRawPointer(handle))
      .takeUnretainedValue()
    do throws(RequestError) {
      return give(try question(policy, Request(body: body, situation: beside)))
    } catch {
      return unsafe Self.give(RUNG_INVALID_REQUEST.status, to: report) { error.write(to: &$0) }
    }
  }

  /// The same where the answer is bytes.
  static func ask(
    _ handle: OpaquePointer?, _ request: (UnsafePointer<CChar>?, Int),
    _ situation: (UnsafePointer<CChar>?, Int), _ answer: UnsafeMutablePointer<rung_buffer>?,
    _ question: (Policy, Request) throws(RequestError) -> [UInt8]
  ) -> rung_status {
    unsafe ask(handle, request, situation, answer, question) { found in
      unsafe give(found, RUNG_OK.status, to: answer)
    }
  }

  /// Decides a request for whoever looks at the outcome first.
  static func decide(
    _ handle: OpaquePointer?, _ request: (UnsafePointer<CChar>?, Int),
    _ situation: (UnsafePointer<CChar>?, Int), _ decision: UnsafeMutablePointer<rung_decision>?
  ) -> rung_status {
    guard let decision = unsafe decision else { return RUNG_INVALID_ARGUMENT.status }
    unsafe HeldDecision.letGo(decision)
    return unsafe ask(
      handle, request, situation, decision.pointer(to: \.error),
      { (policy, request) throws(RequestError) in try policy.outline(request) }
    ) { outline in
      unsafe HeldDecision(outline).give(to: decision)
      return RUNG_OK.status
    }
  }

  /// Says the rest of a decision.
  static func say(
    _ decision: UnsafePointer<rung_decision>?, to buffer: UnsafeMutablePointer<rung_buffer>?
  ) -> rung_status {
    guard unsafe buffer != nil else { return RUNG_INVALID_ARGUMENT.status }
    guard let decision = unsafe decision, let held = unsafe HeldDecision.held(decision) else {
      return unsafe refuse("`decision` is null or {0}, or was an error", to: buffer)
    }
    return unsafe give(held.outline.whole.jsonBytes, RUNG_OK.status, to: buffer)
  }
}

extension Int {
  /// The header's constants have no type of their own in Swift.
  fileprivate var status: rung_status { rung_status(truncatingIfNeeded: self) }
}
