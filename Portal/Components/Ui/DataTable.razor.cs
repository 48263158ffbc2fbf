using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>A list: three states, order and page in the address, cards on phones.</summary>
public sealed partial class DataTable<TRow>
{
    private const int RowsAtOnce = 12;
    private const int RowHeight = 44;

    private bool wasHandedOver;

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        handover.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        url = ListUrl.Of(Navigation.Uri);
        Navigation.LocationChanged += Moved;
        handover = Handover.RegisterOnPersisting(HandOver);
        wasHandedOver = Handover.TryTakeFromJson(Name, out rows) && rows is not null;
        if (!wasHandedOver)
            await LoadAsync();
    }

    private static string? Head(RowTemplate.Cell column) => column.IsNumber ? "num" : column.IsShrunk ? "shrink" : null;

    private Task HandOver()
    {
        if (rows is not null)
            Handover.Hand(Name, rows);
        return Task.CompletedTask;
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        var next = ListUrl.Of(e.Location);
        if (next.Path == url.Path && !next.SameAs(url))
            _ = InvokeAsync(ReloadAsync);
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception bug)
        {
            await DispatchExceptionAsync(bug);
        }
    }

    private async Task LoadAsync()
    {
        var mine = ++loads;
        url = ListUrl.Of(Navigation.Uri);
        isLoading = true;
        StateHasChanged();
        var (loaded, refused) = await AskAsync();

        // Someone who types fast gets the answer to what they typed last.
        if (mine != loads)
            return;
        (rows, refusal, isLoading) = (loaded, refused, false);
        StateHasChanged();
    }

    private async Task<(Paged<TRow>? Page, string? Refusal)> AskAsync()
    {
        try
        {
            return (await Load(url.Query(PageSize)), null);
        }
        catch (NotFound) when (!RendererInfo.IsInteractive)
        {
            Navigation.NotFound();
            return (null, null);
        }
        catch (PortalException refused)
        {
            return (null, refused.Message);
        }
        catch (Exception e) when (DbErrors.Translate(e) is StoreUnavailable unavailable)
        {
            return (null, unavailable.Message);
        }
    }

    // A first load lays the page out twice, before it is live and once it is, so of a page longer than the standard one it draws what a screen shows; the rest comes later.
    private RenderFragment Rows(RowTemplate template) => builder =>
    {
        var isFirstLoad = wasHandedOver || !RendererInfo.IsInteractive;
        var atOnce = isFirstLoad && Pick is null && rows!.Items.Count > PageRequest.StandardSize ? RowsAtOnce : int.MaxValue;
        foreach (var row in rows!.Items.Take(atOnce))
            Row(builder, template, row);
        if (rows.Items.Count <= atOnce)
            return;
        builder.OpenComponent<Later>(0);
        // About as high as what is to come, so that the page does not jump.
        builder.AddAttribute(1, nameof(Later.Meanwhile), $"<tr aria-hidden=\"true\"><td height=\"{(rows.Items.Count - atOnce) * RowHeight}\"></td></tr>");
        builder.AddAttribute(2, nameof(Later.ChildContent), Rest(rows.Items.Skip(atOnce)));
        builder.CloseComponent();
    };

    private RenderFragment Rest(IEnumerable<TRow> rest) => builder =>
    {
        using var template = new RowTemplate();
        foreach (var row in rest)
            Row(builder, template, row);
    };

    private void Row(RenderTreeBuilder builder, RowTemplate template, TRow row) =>
        template.Render(builder, ChildContent(row), Link?.Invoke(row), Key?.Invoke(row), Box(row));

    /// <summary>The box by which a row is picked. The browser alone knows which are ticked, until <see cref="BulkBar"/> asks.</summary>
    private string? Box(TRow row) => Pick?.Invoke(row) is { } picked
        ? $"""<td class="pick-cell shrink"><input class="box" type="checkbox" name="pick" value="{picked.Id}" autocomplete="off" aria-label="{Show.Html(T("table.pick", picked.Name))}"></td>"""
        : null;

    private string? Direction(RowTemplate.Cell column) => (url["sort"] ?? Sort) switch
    {
        { } sort when column.Sort is not null && sort == column.Sort => "ascending",
        { } sort when column.Sort is not null && sort == "-" + column.Sort => "descending",
        _ => null,
    };

    private string Arrow(RowTemplate.Cell column) => Direction(column) switch
    {
        "ascending" => "arrow-up",
        "descending" => "arrow-down",
        _ => "sort",
    };
}
