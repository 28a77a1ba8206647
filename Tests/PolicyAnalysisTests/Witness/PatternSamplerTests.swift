import PolicyAnalysis
import Testing
import TextPatterns

@Suite struct `The pattern sampler` {
  static let patterns: [String] = [
    #"(?i)\b(weather|today|right now|latest)\b"#, #"(.{1,28}){1,28}%s"#, #"abc"#, #"^abc"#,
    #"abc$"#, #"^abc$"#, #"\Aabc\z"#, #"a|b|c"#, #"(a|b)(c|d)"#, #"[abc]"#, #"[^abc]"#, #"[a-z]+"#,
    #"[A-Z]{2}-[0-9]{4}"#, #"^[A-Z]{2}-[0-9]{4}$"#, #"\d+"#, #"\d{3}-\d{2}-\d{4}"#,
    #"\w+@\w+\.\w+"#,
    #"\s"#, #"\S+\s\S+"#, #"\bword\b"#, #"\Bword"#, #"foo\b.*bar"#, #"foo.*?bar"#, #"(?i)HeLLo"#,
    #"(?s)a.b"#, #"(?m)^line$"#, #"(?m)^second"#, #"(?im)^error:"#, #"(?P<year>\d{4})"#,
    #"(?P<month>0[1-9]|1[0-2])"#, #"(?:ab)+"#, #"(?i:ab)c"#, #"x*"#, #"x?y"#, #"x{3}"#, #"x{2,}"#,
    #"x{2,4}y"#, #"\x41\x{1F600}"#, #"\101"#, #"\t\n"#, #"\Qa.b*c\E"#, #"\.\*\+\?\(\)\[\]"#,
    #"[[:alpha:]]+[[:digit:]]"#, #"[[:^space:]]"#, #"[\d\s]x"#, #"[^\d\s]"#, #"[\]\-]"#, #"[]a]"#,
    #"[a\-z]"#, #"\p{L}+"#, #"\pN"#, #"\p{Greek}{3}"#, #"\P{L}"#, #"\p{^Lu}"#, #"\p{Han}"#,
    #"ä|ö|ü"#, #"straße"#, #"(select|insert)\s+.+\s+(from|into)"#, #"https?://[^\s/]+/\S*"#,
    #"^(?:please\s+)?(?:can|could) you\b"#, #"(?i)ignore (all )?(previous|prior) instructions"#,
    #"^\s*$"#, #"^.{0,20}$"#, #"^[^a-z]*$"#, #"(a(b(c(d)?)?)?)?e"#, #"[^\x00-\x7F]"#, #"a{"#,
    #"\bnot\b.+\bhelpful\b"#, #"((((((((((x))))))))))"#, #"$"#, #"^"#, #"\D\W\S"#, #"(?U)a+b"#,
  ]

  @Test(arguments: patterns)
  func `writes texts that the matcher finds`(pattern: String) throws {
    let set = try PatternSet([.matches(pattern)])
    let samples = PatternSampler.samples(of: pattern, count: 12)
    #expect(!samples.isEmpty)
    var scan = TextScan(of: set)
    for sample in samples {
      scan.start()
      let isFound = try scan.holds(0, in: Array(sample.utf8).span)
      #expect(isFound, "\(sample)")
    }
    #expect(Set(samples).count == samples.count)
    #expect(samples == PatternSampler.samples(of: pattern, count: 12))
  }

  @Test
  func `writes nothing for what matches nothing, nests too deep or is no pattern`() {
    for pattern in [
      #"a\bb"#, #"[^\x00-\x{10FFFF}]"#, "(",
      String(repeating: "(", count: 200)
        + String(repeating: ")", count: 200),
    ] {
      #expect(PatternSampler.samples(of: pattern, count: 12) == [])
    }
  }

  @Test
  func `stops at texts that grow too long`() {
    #expect(PatternSampler.samples(of: "((x{1000}){1000})", count: 3) == [])
  }

  @Test(.timeLimit(.minutes(5)))
  func `stops at repeats of repeats of nothing`() {
    let pattern = String(repeating: "(", count: 40) + "^" + String(repeating: "+)", count: 40) + "z"
    for sample in PatternSampler.samples(of: pattern, count: 12) { #expect(sample.contains("z")) }
  }
}
