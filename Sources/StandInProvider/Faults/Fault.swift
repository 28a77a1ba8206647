/// A way to fail that the stand-in plays on request.
package enum Fault: String, CaseIterable, Hashable, Sendable {
  // The connection.
  case closeBeforeHeaders = "close_before_headers"
  case resetBeforeHeaders = "reset_before_headers"
  case resetAfterHeaders = "reset_after_headers"
  case resetMidBody = "reset_mid_body"
  case hang
  case slowFirstByte = "slow_first_byte"
  case slowHead = "slow_head"
  case endlessHead = "endless_head"
  case slowBody = "slow_body"
  case notHTTP = "not_http"

  // A status other than 200.
  case noContent = "no_content"
  case badRequest = "bad_request"
  case status408 = "status_408"
  case status409 = "status_409"
  case status413 = "status_413"
  case status429 = "status_429"
  case status429Seconds = "status_429_seconds"
  case status429Date = "status_429_date"
  case status429Absurd = "status_429_absurd"
  case status500 = "status_500"
  case status502 = "status_502"
  case status503 = "status_503"
  case status504 = "status_504"
  case contextLength = "context_length"
  case contentFilter = "content_filter"
  case unauthorized
  case unknownModel = "unknown_model"
  case redirect

  // A body that is not what its head says.
  case html
  case halfJSON = "half_json"
  case brokenJSON = "broken_json"
  case errorObject = "error_object"
  case emptyBody = "empty_body"
  case lengthShort = "length_short"
  case lengthLong = "length_long"
  case malformedChunk = "malformed_chunk"
  case unaskedGzip = "unasked_gzip"
  case gzipBomb = "gzip_bomb"
  case bigHead = "big_head"
  case bigBody = "big_body"
  case hugeBody = "huge_body"
  case invalidUTF8 = "invalid_utf8"
  case duplicateKeys = "duplicate_keys"

  // A stream that goes wrong; of a call that does not stream, its body in chunks.
  case streamCut = "stream_cut"
  case streamWithoutDone = "stream_without_done"
  case streamDoneTwice = "stream_done_twice"
  case streamAfterDone = "stream_after_done"
  case streamSilent = "stream_silent"
  case streamError = "stream_error"
  case brokenEvent = "broken_event"
  case hugeChunk = "huge_chunk"

  // A completion that is well-formed and wrong.
  case usageMissing = "usage_missing"
  case usageNegative = "usage_negative"
  case usageZero = "usage_zero"
  case usageInflated = "usage_inflated"
  case usageHuge = "usage_huge"
  case wrongModel = "wrong_model"
  case finishMissing = "finish_missing"
  case finishFiltered = "finish_filtered"

  // An answer to a batch of inputs that is not what was asked for; any other answer is good.
  case batchDrop = "batch_drop"
  case batchDuplicate = "batch_duplicate"
  case batchReorder = "batch_reorder"
  case batchInvent = "batch_invent"
  case batchProse = "batch_prose"

  package var name: String { rawValue }

  /// One line for `--list-faults`.
  package var summary: String {
    switch self {
    case .closeBeforeHeaders: "closes the connection instead of answering"
    case .resetBeforeHeaders: "resets the connection instead of answering"
    case .resetAfterHeaders: "resets the connection after the head"
    case .resetMidBody: "resets the connection in the middle of the body"
    case .hang: "never answers"
    case .slowFirstByte: "waits before the first byte: 2 seconds, or the rule's delay_ms"
    case .slowHead: "sends the head one byte a second, or one each delay_ms"
    case .endlessHead: "sends header lines without end"
    case .slowBody: "sends the body one byte a second, or one each delay_ms"
    case .notHTTP: "answers in a protocol that is not HTTP"
    case .noContent: "204, and no body"
    case .status408: "408, the provider gave up waiting for the request"
    case .status409: "409, a conflict with another request"
    case .badRequest: "400, the last message may not be the assistant's"
    case .status413: "413, the request is too large"
    case .status429: "429 without Retry-After"
    case .status429Seconds: "429 with Retry-After in seconds: 2, or the rule's retry_after"
    case .status429Date: "429 with Retry-After as a date, 2 seconds after its own Date"
    case .status429Absurd: "429 with a Retry-After of thousands of years"
    case .status500: "500 with an error object"
    case .status502: "502 with a page of HTML"
    case .status503: "503 with Retry-After 1"
    case .status504: "504 with an empty body"
    case .contextLength: "400, the prompt is too long for the model"
    case .contentFilter: "400, the provider's filter refuses the prompt"
    case .unauthorized: "401, the key is not accepted"
    case .unknownModel: "404, no such model"
    case .redirect: "301 to another host"
    case .html: "200 with a page of HTML"
    case .halfJSON: "200 with the first half of the JSON"
    case .brokenJSON: "200 with a body that is nearly JSON"
    case .errorObject: "200 with an error object"
    case .emptyBody: "200 with an empty body"
    case .lengthShort: "Content-Length smaller than the body"
    case .lengthLong: "Content-Length larger than the body, then a close"
    case .malformedChunk: "a chunk whose size is not a number"
    case .unaskedGzip: "Content-Encoding gzip, which nobody asked for"
    case .gzipBomb: "Content-Encoding gzip, 7 MB that unpack to 1 GiB"
    case .bigHead: "a head of 256 KiB"
    case .bigBody: "a body of 64 MiB"
    case .hugeBody: "a body of 1 GiB"
    case .invalidUTF8: "bytes in the answer that are not UTF-8"
    case .duplicateKeys: "keys that stand twice in the JSON"
    case .streamCut: "closes the connection in the middle of the stream"
    case .streamWithoutDone: "ends the stream without [DONE]"
    case .streamDoneTwice: "ends the stream with [DONE] two times"
    case .streamAfterDone: "sends more of the answer after [DONE]"
    case .streamSilent: "falls silent in the middle of the stream"
    case .streamError: "an error object in the middle of the stream"
    case .brokenEvent: "an event in the middle of the stream that is nearly JSON"
    case .hugeChunk: "an event of 16 MiB in the stream"
    case .usageMissing: "no usage"
    case .usageNegative: "negative token counts"
    case .usageZero: "token counts of zero"
    case .usageInflated: "a hundred thousand times the tokens, whatever was asked"
    case .usageHuge: "token counts beyond 64 bits"
    case .wrongModel: "names another model than the one asked"
    case .finishMissing: "no finish_reason"
    case .finishFiltered: "200 with finish_reason content_filter and half an answer"
    case .batchDrop: "leaves the first input of a batch out"
    case .batchDuplicate: "answers the last input of a batch twice"
    case .batchReorder: "answers the inputs of a batch in another order"
    case .batchInvent: "adds an answer to a batch under an id nobody gave it"
    case .batchProse: "answers a batch in a sentence"
    }
  }

  /// Whether the request is turned away before any model has worked on it.
  var turnsAway: Bool {
    switch self {
    case .noContent, .badRequest, .status408, .status409, .status413, .status429, .status429Seconds,
      .status429Date, .status429Absurd, .status500, .status502, .status503, .status504,
      .contextLength, .contentFilter, .unauthorized, .unknownModel, .redirect:
      true
    case .closeBeforeHeaders, .resetBeforeHeaders, .resetAfterHeaders, .resetMidBody, .hang,
      .slowFirstByte, .slowHead, .endlessHead, .slowBody, .notHTTP, .html, .halfJSON, .brokenJSON,
      .errorObject, .emptyBody, .lengthShort, .lengthLong, .malformedChunk, .unaskedGzip, .gzipBomb,
      .bigHead, .bigBody, .hugeBody, .invalidUTF8, .duplicateKeys, .streamCut, .streamWithoutDone,
      .streamDoneTwice, .streamAfterDone, .streamSilent, .streamError, .brokenEvent, .hugeChunk,
      .usageMissing, .usageNegative, .usageZero, .usageInflated, .usageHuge, .wrongModel,
      .finishMissing, .finishFiltered, .batchDrop, .batchDuplicate, .batchReorder, .batchInvent,
      .batchProse:
      false
    }
  }

  /// Whether all of the answer goes out all the same, to a caller who knows its end when it comes.
  func answersInFull(streamed: Bool) -> Bool {
    switch self {
    case .streamWithoutDone, .streamDoneTwice, .streamAfterDone: true
    case .lengthLong: streamed
    default: false
    }
  }
}
