" Indents every policy of $RUNG_POLICIES anew and writes it beside itself as NAME.out.
set nomore
for s:file in glob($RUNG_POLICIES . '/*.rung', 0, 1)
  execute 'silent edit! ' . fnameescape(s:file)
  silent normal! gg=G
  execute 'silent write! ' . fnameescape(s:file . '.out')
endfor
call writefile(['checked'], $RUNG_REPORT)
qall!
