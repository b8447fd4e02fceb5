Microsoft.PowerShell.Core\Register-ArgumentCompleter -Native -CommandName '__NAME__' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # Words before the cursor as they stand, as data: nothing of them is evaluated.
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $program = if ($env:WT_BIN) { $env:WT_BIN } else { (Get-Command -Name '__NAME__' -CommandType Application -TotalCount 1).Source }
    $before = $env:COMPLETE, $env:WT_COMPLETE_INDEX
    try {
        # Older releases drop an empty last argument, so its place is told.
        $env:COMPLETE, $env:WT_COMPLETE_INDEX = 'powershell', $words.Count
        $lines = & $program '--' @words $wordToComplete 2>$null
    } finally {
        $env:COMPLETE, $env:WT_COMPLETE_INDEX = $before
    }
    foreach ($line in $lines) {
        $value, $text = $line -split "`t", 2
        if (-not $text) { $text = $value }
        $quoted = if ($value -match '^[\w./:=+-]+$') { $value } else { "'" + ($value -replace "'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $text)
    }
}
