using Portal.Components.Ui;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Audit;

namespace Portal.Components.Admin.Audit;

/// <summary>The audit log's filters as they stand in the address: the same names as in the API.</summary>
internal static class AuditFilter
{
    public static AuditPage Of(ListQuery list, Zone zone) => list.Fill(new AuditPage
    {
        Type = list["type"],
        Actor = Number(list, "actor"),
        Client = Number(list, "client"),
        SubjectKind = list["subject_kind"],
        SubjectId = Number(list, "subject_id"),
        From = list.Day("from"),
        To = list.Day("to"),
        Zone = zone.Id,
    });

    private static long? Number(ListQuery list, string name) => long.TryParse(list[name], out var number) ? number : null;
}
