/* Indexes for what reports ask besides the key. Safe to run again. */
SET ANSI_NULLS ON;
SET QUOTED_IDENTIFIER ON;
GO

IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(N'dbo.KYZ_Interval') AND name = N'IX_KYZ_Interval_Total_kWh')
CREATE INDEX IX_KYZ_Interval_Total_kWh ON dbo.KYZ_Interval (Total_kWh) WHERE Total_kWh IS NOT NULL;
GO

IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(N'dbo.KYZ_Interval') AND name = N'IX_KYZ_Interval_Flags')
CREATE INDEX IX_KYZ_Interval_Flags ON dbo.KYZ_Interval (KyzInvalidAlarm, R17Exclude, IntervalEnd) INCLUDE (kW, kWh);
GO

IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(N'dbo.KYZ_PlcCsvIngestLog') AND name = N'IX_KYZ_PlcCsvIngestLog_ProcessedAtUtc')
CREATE INDEX IX_KYZ_PlcCsvIngestLog_ProcessedAtUtc ON dbo.KYZ_PlcCsvIngestLog (ProcessedAtUtc DESC);
GO
