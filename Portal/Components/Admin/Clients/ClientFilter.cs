using Portal.Components.Ui;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Components.Admin.Clients;

/// <summary>The list's filters as they stand in the address: the same names as in the API.</summary>
internal static class ClientFilter
{
    public static ClientPage Of(ListQuery list, Zone zone) => list.Fill(new ClientPage
    {
        Status = list.Choice<ClientStatus>("status"),
        Service = list.Choice<Service>("service"),
        Agent = long.TryParse(list["agent"], out var agent) ? agent : null,
        WithoutAgent = list["without_agent"] is "true" ? true : null,
        From = list.Day("from"),
        To = list.Day("to"),
        Zone = zone.Id,
    });
}
