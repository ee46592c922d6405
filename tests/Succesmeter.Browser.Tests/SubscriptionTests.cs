using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Succesmeter.EndToEnd.Tests.Webhooks;
using Succesmeter.Webhooks;

namespace Succesmeter.Browser.Tests;

/// <summary>Somebody has a server told of a campaign, and looks after it.</summary>
[Collection(PagesCollection.Name)]
public sealed class SubscriptionTests(Pages pages)
{
    private const string Path = $"/subscriptions?campaign={Square.Platform}/{Square.Plain}";

    [BrowserFact]
    public async Task A_subscription_is_made_tested_rested_and_deleted_by_keys()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await TestHost.StartAsync(settings: Pages.Webhooks);
        await host.PushAndScoreAsync(Square.PlainAt(Square.Now, 22, 1200));
        await using var window = await pages.OpenAsync(host, new() { Key = TestHost.RootToken });
        await window.GoAsync(Path);
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync("Een moestuin voor de buurt");

        await PressAsync(window, "#new-url");
        await window.Page.Keyboard.TypeAsync(receiver.Address);
        await PressAsync(window, "#new-label");
        await window.Page.Keyboard.TypeAsync("Ons bord");
        await PressAsync(window, "[data-testid=make-send]", "Enter");
        var secret = window.Test("secret");
        await Assertions.Expect(secret).ToContainTextAsync("whsec_");
        Assert.Equal("test.ping", Assert.Single(receiver.All).Type);
        // Who uses keys or hears the page is led to it.
        Assert.True(await window.AskAsync<bool>("() => document.activeElement.parentElement.contains(document.querySelector('[data-testid=secret]'))"));
        var shown = await secret.InnerTextAsync();
        await PressAsync(window, "[data-language=en]", "Enter");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(secret).ToHaveTextAsync(shown);
        await PressAsync(window, "[data-language=nl]", "Enter");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "nl");

        await PressAsync(window, "[data-testid=kept]", "Enter");
        await Assertions.Expect(secret).ToHaveCountAsync(0);
        await Assertions.Expect(window.Test("test")).ToBeFocusedAsync();
        await window.Page.ReloadAsync();
        await window.StandsAsync();
        await Assertions.Expect(window.Test("subscription")).ToContainTextAsync("Ons bord");
        Assert.DoesNotContain("whsec_", await window.AskAsync<string>("() => document.documentElement.outerHTML"), StringComparison.Ordinal);

        await PressAsync(window, "[data-testid=test]", "Enter");
        await Assertions.Expect(window.Test("said")).ToContainTextAsync("Aangenomen. Antwoord 200");
        await Assertions.Expect(window.Test("said")).ToContainTextAsync("noted");
        Assert.Equal(2, receiver.All.Count);

        await PressAsync(window, "[data-testid=pause]", "Enter");
        await Assertions.Expect(window.Test("state")).ToHaveTextAsync("gepauzeerd");
        await PressAsync(window, "[data-testid=resume]", "Enter");
        await Assertions.Expect(window.Test("state")).ToHaveTextAsync("actief");
        await Assertions.Expect(window.Test("said")).ToHaveTextAsync("Hervat.");

        await PressAsync(window, "[data-testid=delete]", "Enter");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(window.Test("delete")).ToBeFocusedAsync();
        await Assertions.Expect(window.Test("subscription")).ToHaveCountAsync(1);
        await window.Page.Keyboard.PressAsync("Enter");
        await PressAsync(window, "[data-testid=sure]", "Enter");
        await Assertions.Expect(window.Test("subscription")).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator("#subs-title")).ToBeFocusedAsync();
        Assert.Empty(window.Wrongs);
    }

    [BrowserFact]
    public async Task What_is_refused_is_said_at_its_field()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = 500;
        await using var host = await TestHost.StartAsync(settings: Pages.Webhooks);
        await using var window = await pages.OpenAsync(host, new() { Key = TestHost.RootToken });
        await window.GoAsync("/subscriptions");
        foreach (var (address, said) in ((string, string)[])[("", "volledig adres"), ("http://hooks.growfunding.be/x", "https://"), ("https://10.0.0.1/x", "openbare internet"), (receiver.Address, "het antwoordde 500")])
        {
            await window.Page.Locator("#new-url").FillAsync(address);
            await window.Test("make-send").ClickAsync();
            await Assertions.Expect(window.Page.Locator("#new-url-error")).ToContainTextAsync(said);
            await Assertions.Expect(window.Page.Locator("#new-url")).ToBeFocusedAsync();
            await Assertions.Expect(window.Page.Locator("#new-url")).ToHaveAttributeAsync("aria-invalid", "true");
        }

        await window.Page.Locator("[name=which][value=some]").CheckAsync();
        await window.Test("make-send").ClickAsync();
        await Assertions.Expect(window.Page.Locator("#new-events-error")).ToHaveTextAsync("Kies minstens één ding, of alles.");
        await Assertions.Expect(window.Page.Locator("#new-url-error")).ToBeEmptyAsync();
        await Assertions.Expect(window.Test("subscription")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_was_told_is_shown_and_sent_again()
    {
        await using var window = await pages.TownAsync("subscriptions");
        await window.Test("deliveries-of").Locator("> summary").ClickAsync();
        await Assertions.Expect(window.Test("deliveries")).ToContainTextAsync("van het doel bereikt");
        var button = window.Test("deliveries").GetByRole(AriaRole.Button).First;
        await button.ClickAsync();
        await Assertions.Expect(window.Test("deliveries-of").GetByRole(AriaRole.Status).First).ToHaveTextAsync("1 bericht gaat opnieuw op weg.");
        Assert.Empty(window.Wrongs);
    }

    /// <summary>Whatever keeps a holder from hearing, the page says it in words of its own, and what was kept is sent when it is switched on again.</summary>
    [BrowserFact]
    public async Task Why_nothing_comes_is_said_in_each_language_and_it_can_be_switched_on_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await TestHost.StartAsync(settings: Pages.Webhooks);
        await host.PushAndScoreAsync(Square.PlainAt(Square.Now, 22, 1200));
        var rests = new Func<Subscription, Subscription>[]
        {
            static one => one with { State = SubscriptionState.Disabled, Why = RestReasons.Failing, FailingSince = one.MadeAt },
            static one => one with { State = SubscriptionState.Disabled, Why = RestReasons.Gone },
            static one => one with { State = SubscriptionState.Disabled, Why = RestReasons.TokenEnded },
            static one => one with { FailingSince = one.MadeAt, SlowUntil = one.MadeAt.AddHours(1) },
        };
        foreach (var rest in rests)
            await SubscribeAsync(host, receiver.Address, rest);

        foreach (var (language, said) in ((string, string[])[])[
            ("nl", ["Uitgezet: het adres nam vijf dagen lang niets aan.", "dat het niet meer bestaat (410)", "De sleutel waarmee ze gemaakt is, geldt niet meer", "Het adres neemt niets meer aan sinds", "Het adres antwoordt traag"]),
            ("fr", ["Désactivée : l’adresse n’a rien accepté pendant cinq jours.", "qu’elle n’existe plus (410)", "la clé avec laquelle elle a été créée n’est plus valable", "L’adresse n’accepte plus rien depuis", "L’adresse répond lentement"]),
            ("en", ["Switched off: the address accepted nothing for five days.", "said that it is gone (410)", "the key that it was made with is no longer valid", "The address has accepted nothing since", "The address is slow"])])
        {
            await using var window = await pages.OpenAsync(host, new() { Key = TestHost.RootToken, Language = language, Width = language == "fr" ? Looks.Phone : 1280 });
            await window.GoAsync(Path);
            await Assertions.Expect(window.Test("subscription")).ToHaveCountAsync(rests.Length);
            await Picture.KeepAsync(window, $"rests-{language}");
            foreach (var words in said)
                await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync(words, new() { IgnoreCase = true });
            if (language == "en")
            {
                await window.Test("wake").First.ClickAsync();
                await Assertions.Expect(window.Test("wake")).ToHaveCountAsync(2);
            }

            Assert.Empty(window.Wrongs);
        }
    }

    [BrowserFact]
    public async Task Without_a_key_the_page_says_what_it_is_for_and_asks_for_one()
    {
        await using var window = await pages.OpenAsync(await pages.SquareAsync());
        await window.GoAsync(Path);
        await window.Test("give-key").ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Empty(window.Wrongs);
    }

    /// <summary>Made as anybody makes one, and then as time and its address have left it.</summary>
    private static async Task SubscribeAsync(TestHost host, string address, Func<Subscription, Subscription> later)
    {
        using var wish = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions") { Content = JsonContent.Create(new { campaign = $"{Square.Platform}/{Square.Plain}", url = address, language = "nl" }) };
        wish.Headers.Authorization = new("Bearer", TestHost.RootToken);
        using var answer = await host.Client.SendAsync(wish);
        answer.EnsureSuccessStatusCode();
        Assert.True(SubscriptionId.TryParse((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString(), out var id));
        var store = host.Stage<ISubscriptionStore>();
        var kept = (await store.FindAsync(id, default))!;
        Assert.True(await store.ReplaceAsync(kept, later(kept.Subscription), default));
    }

    /// <summary>By Tab, as somebody without a mouse.</summary>
    private static async Task PressAsync(Window window, string selector, string? key = null)
    {
        for (var stop = 0; stop < 80; stop++)
        {
            if (await window.AskAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                if (key is not null)
                    await window.Page.Keyboard.PressAsync(key);
                return;
            }

            await window.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not lead to {selector}.");
    }
}
