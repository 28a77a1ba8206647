# Builds Rung from its sources. packaging/homebrew/rung.rb has names within at signs where dist/rung.rb,
# which `make dist` writes, has the version and the digest of the source archive.
class Rung < Formula
  desc "Policy language and runtime for routing LLM requests"
  homepage "https://github.com/OWNER/rung"
  url "https://github.com/OWNER/rung/releases/download/v@VERSION@/rung-@VERSION@-source.tar.gz"
  sha256 "@SHA256@"
  license "MIT"
  head "https://github.com/OWNER/rung.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on "curl"
  depends_on "libyaml"
  depends_on "re2"
  depends_on "simdjson"
  depends_on "sqlite"
  # Swift 6.2 or later.
  uses_from_macos "swift" => :build, since: :tahoe

  def install
    # Homebrew's own sandbox is around all of it.
    build = ["swift", "build", "--disable-sandbox", "-c", "release"]
    build << "--static-swift-stdlib" if OS.linux?
    system(*build, "--product", "rung")
    system(*build, "--product", "generate-manual")
    programs = Utils.safe_popen_read(*build, "--show-bin-path").chomp
    system "bash", ".ci/man", programs, "manual"
    system "bash", ".ci/install", "#{programs}/rung", "manual", prefix
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/rung --version")
    system bin/"rung", "init", "support"
    system bin/"rung", "check", "support"
    system bin/"rung", "test", "support"
  end
end
