<#
.SYNOPSIS
    Runs Wattkeep for the start-up task, and starts it again when it ends with an error.
.DESCRIPTION
    Started by the task that install.ps1 -Mode Task registers. Output goes to one log file a day, of which 30 are kept.
    It ends when Wattkeep was stopped in order.
.PARAMETER NodeFile
    Full path of node.exe.
.PARAMETER AppFolder
    Folder of Wattkeep.
.PARAMETER ConfigFile
    The configuration.
.PARAMETER DataFolder
    Where data and logs are kept.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][string]$NodeFile,
    [Parameter(Mandatory = $true)][string]$AppFolder,
    [Parameter(Mandatory = $true)][string]$ConfigFile,
    [Parameter(Mandatory = $true)][string]$DataFolder
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Continue'

$logs = Join-Path $DataFolder 'logs'
$env:WATTKEEP_DATA = $DataFolder

function Add-Log([string]$Line) {
    $file = Join-Path $logs ('wattkeep-{0}.log' -f (Get-Date -Format 'yyyyMMdd'))
    $new = -not (Test-Path -LiteralPath $file)
    Add-Content -LiteralPath $file -Value $Line -Encoding UTF8
    if ($new) {
        Get-ChildItem -LiteralPath $logs -Filter 'wattkeep-*.log' | Sort-Object Name -Descending | Select-Object -Skip 30 | Remove-Item -Force
    }
}

$waitSeconds = 10
while ($true) {
    $started = Get-Date
    & $NodeFile '--max-semi-space-size=4' (Join-Path $AppFolder 'dist\wattkeep.js') 'serve' '--config' $ConfigFile 2>&1 | ForEach-Object { Add-Log ([string]$_) }
    $code = $LASTEXITCODE
    if ($code -eq 0) { exit 0 }
    # A configuration that is wrong does not mend itself.
    if ($code -eq 2) { Add-Log 'The configuration has problems; the task ends.'; exit 2 }
    if (((Get-Date) - $started).TotalMinutes -gt 10) { $waitSeconds = 10 }
    Add-Log "Wattkeep ended with code $code and is started again in $waitSeconds s."
    Start-Sleep -Seconds $waitSeconds
    $waitSeconds = [Math]::Min(300, $waitSeconds * 2)
}
