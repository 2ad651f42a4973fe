-- Impacts of approvals that were not ended, by a withdrawal or a newer approval, and that are not over.
create view open_impact as
select i.* from impact i
 where not exists (select 1 from impact_end e where e.impact_id = i.id)
   and not exists (select 1 from approval_end e where e.approval_id = i.approval_id);
