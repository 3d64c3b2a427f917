"""Files made from an assessment: charts, workbooks, reports."""
