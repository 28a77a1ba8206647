/// A page that needs nothing from anywhere: its style is in it, it has no script, and it is
/// well-formed XML as well.
enum HTMLPage {
  /// The title is plain text, `main` markup whose texts are escaped, and its links point into
  /// `source`.
  static func text(title: String, main: String, source: SourceListing) -> String {
    let title = PictureText.escaped(title)
    return """
      <!DOCTYPE html>
      <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="generator" content="rung"/>
      <title>\(title)</title>
      <style>\(PictureStyle.sheet)\(style)</style>
      </head>
      <body>
      <header><h1>\(title)</h1></header>
      <div class="page">
      <main>
      \(main)</main>
      \(source.html)</div>
      </body>
      </html>

      """
  }

  /// The picture in a frame that scrolls sideways where the page is narrow.
  static func figure(_ svg: PictureSVG) -> String {
    "<figure class=\"picture\">\n\(svg.inline)</figure>\n"
  }

  private static let style = """

    :root { color-scheme: light dark; --ink: #1f2328; --faint: #59636e; --rule: #d1d9e0;
      --sheet: #ffffff; --side: #f6f8fa; --link: #0550ae; --mark: #fff3c4; --bad: #b42318;
      --lit: #bc4c00; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9198a1;
      --rule: #30363d; --sheet: #0d1117; --side: #12171e; --link: #79c0ff; --mark: #4a3a06;
      --bad: #ff8178; --lit: #f0883e; } }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; }
    body { margin: 0; color: var(--ink); background: var(--sheet);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
    header { padding: 14px 20px; border-bottom: 1px solid var(--rule); }
    h1 { font-size: 17px; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 16px; margin: 0 0 8px; overflow-wrap: anywhere; }
    h3 { font-size: 13px; margin: 20px 0 4px; color: var(--faint); font-weight: 600; }
    main { padding: 16px 20px; min-width: 0; }
    code, .lines, .model { font-family: \(PictureStyle.fonts); font-size: 13px; }
    section { margin-bottom: 40px; }
    .scroll + section { margin-top: 28px; }
    section + section { border-top: 1px solid var(--rule); padding-top: 24px; }
    .picture { margin: 12px 0; overflow-x: auto; border: 1px solid var(--rule);
      border-radius: 6px; }
    .picture > svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
    .verdict { font-size: 18px; margin: 4px 0; } .verdict b { color: var(--lit); }
    .bad, .verdict b.bad { color: var(--bad); } .faint { color: var(--faint); }
    .costs { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 8px 0; padding: 0; }
    .costs div { display: flex; flex-direction: column; } .costs dt { color: var(--faint);
      font-size: 12px; } .costs dd { margin: 0; font-variant-numeric: tabular-nums; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 13.5px; }
    th { text-align: left; font-weight: 600; color: var(--faint); }
    td, th { padding: 3px 18px 3px 0; vertical-align: top; border-bottom: 1px solid var(--rule); }
    td.figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
    tr.off td { color: var(--faint); }
    .at { white-space: nowrap; font-size: 12.5px; }
    details { margin: 12px 0 12px 8px; padding-left: 14px; border-left: 3px solid var(--rule); }
    summary { cursor: pointer; font-weight: 600; }
    .source { background: var(--side); border-top: 1px solid var(--rule); padding: 16px 0;
      overflow-x: auto; }
    .source h2 { padding: 0 16px; font-size: 13px; color: var(--faint); }
    .lines { list-style: none; counter-reset: line; margin: 0 0 24px; padding: 0;
      min-width: max-content; }
    .lines li { counter-increment: line; padding: 0 16px 0 0; white-space: pre;
      scroll-margin: 40vh 0; line-height: 1.45; }
    .lines li::before { content: counter(line); display: inline-block; width: 44px;
      padding-right: 14px; text-align: right; color: var(--faint); }
    .lines li:target { background: var(--mark); }
    @media (min-width: 1500px) {
      .page { display: grid; grid-template-columns: minmax(0, 1fr) minmax(360px, 34vw);
        align-items: start; }
      .source { position: sticky; top: 0; height: 100vh; overflow: auto; border-top: 0;
        border-left: 1px solid var(--rule); }
    }
    @media print { .source { overflow: visible; height: auto; position: static; } }

    """
}
