using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Portal.Components.Layout;

/// <summary>
/// A new page is read out from its heading. Unlike Blazor's own FocusOnNavigate, it never takes the cursor out of a field that someone
/// has begun to type into while the page was still coming alive.
/// </summary>
public sealed class FocusHeading(IJSRuntime js) : ComponentBase
{
    private Type? last;

    [Parameter, EditorRequired]
    public Microsoft.AspNetCore.Components.RouteData Route { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (last == Route.PageType)
            return;
        last = Route.PageType;
        await js.InvokeVoidAsync("portal.focusHeading");
    }
}
