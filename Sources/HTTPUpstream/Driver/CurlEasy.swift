internal import CCurl

/// An easy handle of libcurl: one call at a time, used again for the next.
///
/// What it was set up for stays: a call like its last one only brings a new body. Touched by the
/// driver's thread only.
@safe
final class CurlEasy {
  /// Tells handles apart.
  struct ID: Hashable {
    let bits: UInt
  }

  let raw: UnsafeMutableRawPointer
  var id: ID { ID(bits: unsafe UInt(bitPattern: raw)) }

  /// What it is set up for; nil after a reset.
  private(set) var settings: PreparedCall.Settings?

  private var url: OpaquePointer?
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var body: UnsafeMutableBufferPointer<UInt8>?
  private let errorText: UnsafeMutablePointer<CChar>

  /// Nil when there is no memory.
  init?() {
    guard let raw = unsafe ccurl_easy_init() else { return nil }
    unsafe self.raw = raw
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe ccurl_easy_cleanup(raw)
    freeSettings()
    unsafe errorText.deallocate()
    if let body = unsafe body { unsafe body.deallocate() }
  }

  func resume() { _ = unsafe ccurl_easy_pause(raw, CURLPAUSE_CONT) }

  /// Lets go of the last call's body; its connection stays open.
  func finish() {
    if let body = unsafe body { unsafe body.deallocate() }
    unsafe body = nil
  }

  /// Forgets what it was set up for.
  func reset() {
    unsafe ccurl_easy_reset(raw)
    freeSettings()
    settings = nil
  }

  /// Called when libcurl looks at them no more.
  private func freeSettings() {
    if let headers = unsafe headers { unsafe ccurl_list_free(headers) }
    unsafe headers = nil
    if let url = unsafe url { unsafe ccurl_url_free(url) }
    unsafe url = nil
  }

  // MARK: Options

  /// Sets this handle up for the flight; the flight must outlive the call.
  func prepare(
    _ flight: Flight, _ configuration: HTTPUpstream.Configuration
  ) throws(UpstreamFailure) {
    let call = flight.call
    if settings != call.settings {
      try setUp(for: call.settings, configuration)
      settings = call.settings
    }
    unsafe errorText.pointee = 0
    if call.settings.method == .post { try setBody(call.body) }
    try setContext(flight)
  }

  private func setUp(
    for call: PreparedCall.Settings, _ configuration: HTTPUpstream.Configuration
  ) throws(UpstreamFailure) {
    try setURL(call.url)
    try setSafety(configuration)
    try set(CURLOPT_CONNECTTIMEOUT_MS, call.connectLimit.curlMilliseconds)
    try setOffset(CURLOPT_MAXFILESIZE_LARGE, Int64(clamping: call.bodyLimit))
    // Each open stream holds both of these as long as it lasts.
    try set(CURLOPT_BUFFERSIZE, call.readSize)
    try set(CURLOPT_UPLOAD_BUFFERSIZE, 16 << 10)
    if call.wantsNewConnection { try set(CURLOPT_FRESH_CONNECT, 1) }
    if call.isSecure {
      try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
      try set(CURLOPT_PIPEWAIT, 1)
    } else {
      try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    }
    try setHeaders(call.headerLines)
    switch call.method {
    case .get: try set(CURLOPT_HTTPGET, 1)
    case .post: try set(CURLOPT_POST, 1)
    }
    try setCallbacks()
  }

  /// Nothing but HTTP to the host that was named, checked, and nothing from the environment.
  private func setSafety(
    _ configuration: HTTPUpstream.Configuration
  ) throws(UpstreamFailure) {
    try set(CURLOPT_NOSIGNAL, 1)
    // A name that takes long to resolve is let go of when its time is up. Without this libcurl waits
    // for the resolver, and with it every other call of the thread. Older ones do not know it.
    _ = unsafe ccurl_set_long(raw, CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_PROTOCOLS, Int(CURLPROTO_HTTP | CURLPROTO_HTTPS))
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_PROXY, configuration.proxy ?? "")
    // Without this the environment says for which hosts the proxy does not count.
    try set(CURLOPT_NOPROXY, "")
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let file = configuration.certificateFile { try set(CURLOPT_CAINFO, file) }
    try set(CURLOPT_TCP_NODELAY, 1)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    // For as long as DNS answers are usually good; an older connection is not used again.
    try set(CURLOPT_MAXAGE_CONN, 55)
  }

  /// In parts: libcurl takes a text apart again for each call.
  private func setURL(_ text: String) throws(UpstreamFailure) {
    switch unsafe ccurl_url_take_apart(text, &url) {
    case CCURL_URL_READ: try check(unsafe ccurl_set_pointer(raw, CURLOPT_CURLU, .init(url)))
    case CCURL_URL_MALFORMED: throw .badRequest(.url(.malformed))
    default: throw .noResources
    }
  }

  private func setHeaders(_ lines: [String]) throws(UpstreamFailure) {
    for line in lines {
      guard let longer = unsafe ccurl_list_append(headers, line) else { throw .noResources }
      unsafe headers = longer
    }
    try check(unsafe ccurl_set_list(raw, CURLOPT_HTTPHEADER, headers))
  }

  /// A copy that stays where it is until the call is over.
  private func setBody(_ bytes: [UInt8]) throws(UpstreamFailure) {
    finish()
    // libcurl takes a null pointer for "ask a callback", so an empty body has an address too.
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
    _ = unsafe copy.initialize(from: bytes)
    unsafe body = copy
    try setOffset(CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count))
    try check(unsafe ccurl_set_pointer(raw, CURLOPT_POSTFIELDS, copy.baseAddress))
  }

  private func setCallbacks() throws(UpstreamFailure) {
    try check(unsafe ccurl_set_pointer(raw, CURLOPT_ERRORBUFFER, errorText))
    try check(unsafe ccurl_set_bytes_function(raw, CURLOPT_WRITEFUNCTION, onBody))
    try check(unsafe ccurl_set_bytes_function(raw, CURLOPT_HEADERFUNCTION, onHeader))
    try check(unsafe ccurl_set_request_function(raw, onRequest))
  }

  private func setContext(_ flight: Flight) throws(UpstreamFailure) {
    let context = unsafe Unmanaged.passUnretained(flight).toOpaque()
    try check(unsafe ccurl_set_pointer(raw, CURLOPT_WRITEDATA, context))
    try check(unsafe ccurl_set_pointer(raw, CURLOPT_HEADERDATA, context))
    try check(unsafe ccurl_set_pointer(raw, CURLOPT_PREREQDATA, context))
  }

  private func set(_ option: CURLoption, _ value: Int) throws(UpstreamFailure) {
    try check(unsafe ccurl_set_long(raw, option, value))
  }

  private func setOffset(_ option: CURLoption, _ value: Int64) throws(UpstreamFailure) {
    try check(unsafe ccurl_set_offset(raw, option, curl_off_t(value)))
  }

  private func set(_ option: CURLoption, _ value: String) throws(UpstreamFailure) {
    try check(unsafe ccurl_set_string(raw, option, value))
  }

  private func check(_ code: CURLcode) throws(UpstreamFailure) {
    switch code {
    case CURLE_OK: return
    case CURLE_URL_MALFORMAT: throw .badRequest(.url(.malformed))
    case CURLE_OUT_OF_MEMORY: throw .noResources
    default: throw .badResponse(.other(code: Int(code.rawValue)))
    }
  }

  // MARK: What it found

  /// libcurl's text about the last failure, or an empty one.
  var errorDetail: String { unsafe String(cString: errorText) }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe ccurl_info_long(raw, info, &value) == CURLE_OK ? value : 0
  }

  private func duration(_ info: CURLINFO) -> Duration {
    var value: curl_off_t = 0
    return unsafe ccurl_info_offset(raw, info, &value) == CURLE_OK
      ? .microseconds(Int64(value)) : .zero
  }

  var timing: UpstreamTiming {
    let secure = duration(CURLINFO_APPCONNECT_TIME_T)
    return UpstreamTiming(
      connect: max(secure, duration(CURLINFO_CONNECT_TIME_T)),
      firstByte: duration(CURLINFO_STARTTRANSFER_TIME_T),
      total: duration(CURLINFO_TOTAL_TIME_T),
      reused: number(CURLINFO_NUM_CONNECTS) == 0)
  }
}

private let onBody: ccurl_bytes_fn = { bytes, size, count, context in
  let (length, overflows) = size.multipliedReportingOverflow(by: count)
  guard !overflows, let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let flight = unsafe Unmanaged<Flight>.fromOpaque(context).takeUnretainedValue()
  let acceptance = unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
    unsafe flight.receiveBody(Span(_unsafeStart: $0, count: length))
  }
  return switch acceptance {
  case .taken: length
  case .heldBack: Int(CURL_WRITEFUNC_PAUSE)
  case .unwanted: 0
  }
}

private let onHeader: ccurl_bytes_fn = { bytes, size, count, context in
  let (length, overflows) = size.multipliedReportingOverflow(by: count)
  guard !overflows, let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let flight = unsafe Unmanaged<Flight>.fromOpaque(context).takeUnretainedValue()
  let goesOn = unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
    unsafe flight.receiveHeader(Span(_unsafeStart: $0, count: length))
  }
  return goesOn ? length : 0
}

private let onRequest: ccurl_request_fn = { context, _, _, _, _ in
  guard let context = unsafe context else { return Int32(CURL_PREREQFUNC_ABORT) }
  let flight = unsafe Unmanaged<Flight>.fromOpaque(context).takeUnretainedValue()
  return flight.mayRequest() ? Int32(CURL_PREREQFUNC_OK) : Int32(CURL_PREREQFUNC_ABORT)
}

extension Duration {
  /// Whole milliseconds for libcurl: at least one, since zero means "the default" to it.
  var curlMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 2_000_000 else { return 2_000_000_000 }
    guard seconds >= 0 else { return 1 }
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}
