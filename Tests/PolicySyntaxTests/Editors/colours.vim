" Opens the policies named in $RUNG_EXPECTED, says which places have another colour than expected,
" and how many were looked at. Vim and Neovim.
set nomore
let s:colours = {
      \ 'rungComment': 'comment', 'rungDocumentation': 'documentation', 'rungString': 'string',
      \ 'rungEscape': 'string', 'rungBadEscape': 'string', 'rungRegex': 'regex',
      \ 'rungNumber': 'number', 'rungShare': 'number', 'rungDuration': 'number',
      \ 'rungDate': 'number', 'rungMoney': 'number', 'rungDeclaration': 'declaration',
      \ 'rungClause': 'clause', 'rungOperator': 'operator', 'rungType': 'type',
      \ 'rungUnit': 'unit', 'rungName': 'name', 'rungCondition': 'name', 'rungField': 'field',
      \ 'rungValue': 'value', 'rungBoolean': 'boolean', 'rungFunction': 'function',
      \ 'rungAllow': 'allow', 'rungWord': 'plain'}
let s:words = ['declaration', 'clause', 'operator', 'type', 'unit', 'name', 'field', 'value',
      \ 'boolean', 'function', 'plain']

let s:open = ''
let s:report = []
let s:count = 0
for s:row in readfile($RUNG_EXPECTED)
  let [s:file, s:line, s:column, s:byte, s:text, s:colour] = split(s:row, "\t", 1)
  if s:file !=# s:open
    execute 'silent edit! ' . fnameescape($RUNG_POLICIES . '/' . s:file)
    if &filetype !=# 'rung'
      call add(s:report, s:file . ' is not seen as a policy')
    endif
    let s:open = s:file
  endif
  let s:group = synIDattr(synID(s:line + 0, s:byte + 1, 1), 'name')
  let s:found = get(s:colours, s:group, s:group ==# '' ? 'nothing' : s:group)
  let s:count += 1
  if s:found !=# s:colour && !(s:colour ==# 'word' && index(s:words, s:found) >= 0)
    call add(s:report, printf('%s:%d:%d: `%s` is %s, not %s', s:file, s:line, s:byte + 1,
          \ s:text, s:found, s:colour))
  endif
endfor
call writefile(s:report + ['checked ' . s:count], $RUNG_REPORT)
qall!
