/*
  What each user may do, and nothing more. Safe to run again.
  kyz_ingestor writes the mirror. SELECT and UPDATE belong to MERGE, which compares a row before it changes it; DELETE takes
  old live samples out, and an interval of which nothing is known any more.
  kyz_dashboard reads.
*/
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.KYZ_Interval        TO kyz_ingestor;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.KYZ_Live15s         TO kyz_ingestor;
GRANT SELECT, INSERT, UPDATE         ON dbo.KYZ_MonthlyDemand   TO kyz_ingestor;
GRANT SELECT, INSERT, UPDATE         ON dbo.KYZ_PlcCsvIngestLog TO kyz_ingestor;
GO

GRANT SELECT ON dbo.KYZ_Interval                        TO kyz_dashboard;
GRANT SELECT ON dbo.KYZ_Live15s                         TO kyz_dashboard;
GRANT SELECT ON dbo.KYZ_MonthlyDemand                   TO kyz_dashboard;
GRANT SELECT ON dbo.KYZ_PlcCsvIngestLog                 TO kyz_dashboard;
GRANT SELECT ON dbo.vw_KYZ_LatestInterval               TO kyz_dashboard;
GRANT SELECT ON dbo.vw_KYZ_DailySummary                 TO kyz_dashboard;
GRANT SELECT ON dbo.vw_KYZ_MonthlyBillingDemandEstimate TO kyz_dashboard;
GRANT SELECT ON dbo.vw_KYZ_MonthlyBillingDemandBilled   TO kyz_dashboard;
GRANT SELECT ON dbo.v_KYZ_MonthlyDemand_Latest          TO kyz_dashboard;
GRANT SELECT ON dbo.v_KYZ_Live15s_Latest                TO kyz_dashboard;
GRANT SELECT ON dbo.v_KYZ_Live15s_24h                   TO kyz_dashboard;
GRANT SELECT ON dbo.vw_KYZ_PlcCsvIngestLatest           TO kyz_dashboard;
GO

-- The views are Wattkeep's to check, not to read.
GRANT VIEW DEFINITION ON SCHEMA::dbo TO kyz_ingestor;
GO
