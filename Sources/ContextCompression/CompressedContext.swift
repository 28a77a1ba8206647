/// What came of compressing the messages of a request.
package struct CompressedContext: Hashable, Sendable {
  /// In the order they were given, as many as were given.
  package internal(set) var messages: [CompressedMessage]
  package internal(set) var outcome: Outcome
  /// UTF-8 bytes of the texts that may be compressed, before and after.
  package internal(set) var bytesBefore: Int
  package internal(set) var bytesAfter: Int

  package enum Outcome: Hashable, Sendable {
    case compressed
    /// There is no text that may be compressed.
    case nothingToCompress
    /// Nothing could be taken out.
    case nothingSaved
    /// The question shares no word with the text, so that nothing tells what of it is needed.
    case noGround
    /// The independent check found this; the messages are the ones that were given.
    case checkFailed(SpanProblem)
  }
}

/// A message after compression.
package struct CompressedMessage: Hashable, Sendable {
  /// As many as the message had; empty ones only where the message is dropped.
  package internal(set) var texts: [CompressedText]
  /// What keeps the whole message from being compressed.
  package let protection: Protection?
  /// Whether the message goes, with the whole turn it belongs to.
  package internal(set) var isDropped: Bool
}

/// A text after compression, and what became of each of its bytes.
package struct CompressedText: Hashable, Sendable {
  package internal(set) var text: String
  /// They cover the source without gaps, in order.
  package internal(set) var spans: [CompressionSpan]
}

/// What became of a run of bytes.
package struct CompressionSpan: Hashable, Sendable {
  /// UTF-8 bytes of the source text.
  package let source: Range<Int>
  package let fate: Fate

  package enum Fate: Hashable, Sendable {
    case kept
    /// Kept whatever the question is.
    case protected(Protection)
    case dropped(Loss)
    /// Written otherwise, without loss; the bytes that stand for it.
    case rewritten(LosslessMethod, bytes: Int)
    /// Said in fewer words by a model; the bytes that stand for it.
    case summarised(bytes: Int)
  }

  package enum Loss: Hashable, Sendable {
    /// The question does not need it.
    case notNeeded
    /// The same bytes stand there.
    case duplicate(of: SpanPlace)
  }
}

/// A place in the source.
package struct SpanPlace: Hashable, Sendable {
  package let message: Int
  package let text: Int
  package let offset: Int
}

package enum LosslessMethod: String, Hashable, Sendable, CaseIterable {
  case whiteSpace = "white_space"
  case compactJSON = "compact_json"
  case htmlToText = "html_to_text"
}

/// Why a transform was not believed.
package enum SpanProblem: String, Hashable, Sendable, CaseIterable {
  /// A span is out of place, or the output is not made of the spans.
  case notTheSource = "not_the_source"
  /// A cut does not fall behind a sentence, a line or a block.
  case cutInsideSentence = "cut_inside_sentence"
  case cutInsideCode = "cut_inside_code"
  case cutInsideTable = "cut_inside_table"
  case cutInsideJSON = "cut_inside_json"
  /// A rewritten span has other words than its source.
  case changedWords = "changed_words"
  /// What was dropped as a duplicate does not stand where it is said to.
  case notADuplicate = "not_a_duplicate"
  /// A protected message was changed or dropped.
  case changedProtected = "changed_protected"
  /// A turn was dropped in part.
  case splitTurn = "split_turn"
  /// A summary lacks a part it was asked for, or has one too many.
  case summaryParts = "summary_parts"
  /// A summary is as long as its source.
  case summaryLength = "summary_length"
  /// A number, date, name, address or quote of a summary does not stand in its source.
  case summaryFact = "summary_fact"
  /// A sentence of a summary says no where its source does not, or the other way round.
  case summaryNegation = "summary_negation"
  /// A sentence of a summary is none of its source's with words left out.
  case summarySentence = "summary_sentence"
  /// A sentence of a summary is not about its source.
  case summaryWords = "summary_words"
}
