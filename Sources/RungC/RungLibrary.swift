public import CRung
import RungPolicy

// The functions of rung.h: it says what they promise, and the compiler holds them to it.

/// `RUNG_ABI_VERSION` of this library.
@implementation @c public func rung_abi_version() -> UInt32 { UInt32(RUNG_ABI_VERSION) }

/// Compiles a policy from disk.
@implementation @c public func rung_policy_open(
  _ path: UnsafePointer<CChar>?, _ path_length: Int,
  _ policy: UnsafeMutablePointer<OpaquePointer?>?, _ report: UnsafeMutablePointer<rung_buffer>?
) -> rung_status {
  guard let path = unsafe Boundary.text(path, path_length), !path.isEmpty else {
    unsafe policy?.pointee = nil
    return unsafe Boundary.refuse("`path` is null, empty or not UTF-8", to: report)
  }
  return unsafe Boundary.open(policy, report) { () throws(PolicyError) in
    try Policy(contentsOf: path)
  }
}

/// Compiles a policy whose files are in memory.
@implementation @c public func rung_policy_compile(
  _ files: UnsafePointer<rung_file>?, _ count: Int,
  _ policy: UnsafeMutablePointer<OpaquePointer?>?, _ report: UnsafeMutablePointer<rung_buffer>?
) -> rung_status {
  unsafe policy?.pointee = nil
  guard let files = unsafe Boundary.files(files, count), let first = files.first else {
    return unsafe Boundary.refuse(
      "`files` is null or empty, or one of them has a null pointer or a path that is not UTF-8",
      to: report)
  }
  let bytes = Dictionary(files, uniquingKeysWith: { first, _ in first })
  return unsafe Boundary.open(policy, report) { () throws(PolicyError) in
    try Policy(first.0) { bytes[$0] }
  }
}

/// Lets a policy go.
@implementation @c public func rung_policy_free(_ policy: OpaquePointer?) {
  guard let policy = unsafe policy else { return }
  unsafe Unmanaged<Policy>.fromOpaque(UnsafeRawPointer(policy)).release()
}

/// Decides a request.
@implementation @c public func rung_decide(
  _ policy: OpaquePointer?, _ request: UnsafePointer<CChar>?, _ request_length: Int,
  _ situation: UnsafePointer<CChar>?, _ situation_length: Int,
  _ decision: UnsafeMutablePointer<rung_buffer>?
) -> rung_status {
  unsafe Boundary.ask(
    policy, (request, request_length), (situation, situation_length), decision
  ) { (policy, request) throws(RequestError) in
    try policy.decide(request).jsonBytes
  }
}

/// Decides a request, the rest to be said when it is asked for.
@implementation @c public func rung_decision_make(
  _ policy: OpaquePointer?, _ request: UnsafePointer<CChar>?, _ request_length: Int,
  _ situation: UnsafePointer<CChar>?, _ situation_length: Int,
  _ decision: UnsafeMutablePointer<rung_decision>?
) -> rung_status {
  unsafe Boundary.decide(
    policy, (request, request_length), (situation, situation_length), decision)
}

/// Says the whole of a decision.
@implementation @c public func rung_decision_json(
  _ decision: UnsafePointer<rung_decision>?, _ json: UnsafeMutablePointer<rung_buffer>?
) -> rung_status {
  unsafe Boundary.say(decision, to: json)
}

/// Lets a decision go.
@implementation @c public func rung_decision_free(
  _ decision: UnsafeMutablePointer<rung_decision>?
) {
  guard let decision = unsafe decision else { return }
  unsafe HeldDecision.letGo(decision)
}

/// Explains a request to people.
@implementation @c public func rung_explain_text(
  _ policy: OpaquePointer?, _ request: UnsafePointer<CChar>?, _ request_length: Int,
  _ situation: UnsafePointer<CChar>?, _ situation_length: Int,
  _ explanation: UnsafeMutablePointer<rung_buffer>?
) -> rung_status {
  unsafe Boundary.ask(
    policy, (request, request_length), (situation, situation_length), explanation
  ) { (policy, request) throws(RequestError) in
    Array(try policy.explain(request).text.utf8)
  }
}

/// Explains a request to machines.
@implementation @c public func rung_explain_json(
  _ policy: OpaquePointer?, _ request: UnsafePointer<CChar>?, _ request_length: Int,
  _ situation: UnsafePointer<CChar>?, _ situation_length: Int,
  _ explanation: UnsafeMutablePointer<rung_buffer>?
) -> rung_status {
  unsafe Boundary.ask(
    policy, (request, request_length), (situation, situation_length), explanation
  ) { (policy, request) throws(RequestError) in
    Array(try policy.explain(request).json.utf8)
  }
}

/// Frees what was handed out.
@implementation @c public func rung_buffer_free(_ buffer: UnsafeMutablePointer<rung_buffer>?) {
  guard let buffer = unsafe buffer else { return }
  unsafe Boundary.free(buffer)
}
