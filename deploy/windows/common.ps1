# What the scripts of this folder share. Works with Windows PowerShell 5.1 and newer.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$ServiceName = 'Wattkeep'
$ServiceTitle = 'Wattkeep energy telemetry'
# A built-in account that may do nothing but what it is given below.
$ServiceAccount = 'NT AUTHORITY\LocalService'
$ServiceAccountSid = '*S-1-5-19'
$LeastNode = [version]'20.19.0'

function Assert-Administrator {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object Security.Principal.WindowsPrincipal $identity
    if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        throw 'Start PowerShell with "Run as administrator" and run this again.'
    }
}

# The full path of node.exe, once it is new enough.
function Find-Node {
    $found = Get-Command 'node.exe' -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($null -eq $found) { throw 'Node.js is not installed. Install the LTS version for all users from https://nodejs.org and open a new window.' }
    $version = [version]((& $found.Source --version).TrimStart('v'))
    if ($version -lt $LeastNode) { throw "Node.js $version is too old; Wattkeep needs $LeastNode or newer." }
    if ($found.Source -like "$env:USERPROFILE*") { throw "Node.js is installed for one user ($($found.Source)); a service needs it installed for all users." }
    return $found.Source
}

function Invoke-Checked([string]$File, [string[]]$Words, [string]$Doing) {
    & $File @Words
    if ($LASTEXITCODE -ne 0) { throw "$Doing ended with code $LASTEXITCODE." }
}

# Installs what the lock file names and builds the program and its pages.
function Invoke-Build([string]$AppFolder) {
    Push-Location $AppFolder
    try {
        Invoke-Checked 'npm.cmd' @('ci', '--no-audit', '--no-fund') 'npm ci'
        Invoke-Checked 'npm.cmd' @('run', 'build') 'npm run build'
    } finally {
        Pop-Location
    }
}

# Undefined where nothing is installed; else Service or Task.
function Get-InstalledMode {
    if ($null -ne (Get-Service -Name $ServiceName -ErrorAction SilentlyContinue)) { return 'Service' }
    if ($null -ne (Get-ScheduledTask -TaskName $ServiceName -ErrorAction SilentlyContinue)) { return 'Task' }
    return $null
}

function Start-Wattkeep([string]$Mode) {
    if ($Mode -eq 'Service') { Start-Service -Name $ServiceName } else { Start-ScheduledTask -TaskName $ServiceName }
}

# In order: what was taken in is on disk, and nothing is left half done.
function Stop-Wattkeep([string]$Mode, [string]$NodeFile, [string]$AppFolder, [string]$ConfigFile, [string]$DataFolder) {
    if ($Mode -eq 'Service') {
        Stop-Service -Name $ServiceName -Force
        (Get-Service -Name $ServiceName).WaitForStatus('Stopped', [TimeSpan]::FromSeconds(60))
        return
    }
    $env:WATTKEEP_DATA = $DataFolder
    & $NodeFile (Join-Path $AppFolder 'dist\wattkeep.js') stop --config $ConfigFile | Out-Null
    for ($i = 0; $i -lt 60 -and (Get-ScheduledTask -TaskName $ServiceName).State -eq 'Running'; $i++) { Start-Sleep -Seconds 1 }
    Stop-ScheduledTask -TaskName $ServiceName
}

# What install.ps1 chose, for update.ps1 and remove.ps1.
function Get-InstallNote([string]$DataFolder) {
    $file = Join-Path $DataFolder 'installed.json'
    if (-not (Test-Path -LiteralPath $file)) { throw "There is no $file; say -DataFolder as install.ps1 was told, or install first." }
    return Get-Content -LiteralPath $file -Raw -Encoding UTF8 | ConvertFrom-Json
}
