using Microsoft.JSInterop;
using Portal.Core.Foundation;

namespace Portal.Components.Ui;

/// <summary>A form in a card: refusals become messages beside the fields, and nothing typed is lost.</summary>
public sealed partial class FormCard
{
    protected override void OnInitialized() => errors = new(Id);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!wasRefused)
            return;
        wasRefused = false;

        // Known only after the fields have asked for theirs.
        if (string.Join(" ", errors.Others) is { Length: > 0 } others)
        {
            refusal = others;
            StateHasChanged();
        }

        await Js.InvokeVoidAsync("portal.focusBad", Id);
    }

    private async Task SubmitAsync()
    {
        if (isBusy)
            return;
        (isBusy, refusal, errors) = (true, null, new(Id));
        try
        {
            await OnSubmit.InvokeAsync();
            await Js.InvokeVoidAsync("portal.done", Id);
            if (Done is not null)
                Toasts.Say(Done);
            await OnDone.InvokeAsync();
        }
        catch (Invalid invalid)
        {
            (errors, wasRefused) = (new(Id, invalid.Errors), true);
        }
        catch (PortalException refused)
        {
            refusal = refused.Message;
        }
        finally
        {
            isBusy = false;
        }
    }
}
