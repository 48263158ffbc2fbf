using Portal.Components.Ui;
using Portal.Core.Foundation;

namespace Portal.Components.Admin.Deliveries;

/// <summary>The list's filters as they stand in the address: the same names as in the API.</summary>
internal static class DeliveryFilter
{
    public static DeliveryPage Of(ListQuery list, Zone zone) => list.Fill(new DeliveryPage
    {
        Status = list.Choice<DeliveryState>("status"),
        Channel = list["channel"],
        Client = long.TryParse(list["client"], out var client) ? client : null,
        Subject = list["subject"],
        From = list.Day("from"),
        To = list.Day("to"),
        Zone = zone.Id,
    });

    /// <summary>All that were given up, of the same filter.</summary>
    public static SendAgainMany Dead(ListUrl url, Zone zone, DateTime asked)
    {
        var page = Of(url.Query(PageRequest.StandardSize), zone);
        return new() { Q = page.Q, Subject = page.Subject, Channel = page.Channel, Client = page.Client, From = page.From, To = page.To, Zone = zone.Id, Before = asked };
    }
}
