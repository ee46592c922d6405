using System.Text;
using System.Text.Json;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Testing;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline.Tests;

public sealed class EventsToWebhooksTests
{
    private readonly WebhookTown _town = new();

    [Fact]
    public async Task Each_subscription_that_covers_the_campaign_hears_once_of_what_it_wants()
    {
        var ofCampaign = await _town.SubscribeAsync();
        var ofPlatform = await _town.SubscribeAsync(scope: TokenScope.Of(Some.Campaign.Platform));
        var ofAll = await _town.SubscribeAsync(static one => one with { Events = [EventTypes.Ended] }, TokenScope.All);
        var ofOther = await _town.SubscribeAsync(scope: TokenScope.Of(new CampaignId(Some.Campaign.Platform, "other")));

        await AnnounceAsync(WebhookTown.Milestone(10, 1), WebhookTown.Milestone(25, 2));
        await _town.RunAsync();

        Assert.Equal([2, 2, 0, 0], ((Subscription[])[ofCampaign, ofPlatform, ofAll, ofOther]).Select(one => _town.Endpoints.CallsOf(one).Count()));
        Assert.All(await _town.DeliveriesAsync(ofCampaign), static one => Assert.Equal((DeliveryState.Delivered, 1), (one.State, one.Attempts)));
    }

    [Fact]
    public async Task What_is_announced_twice_is_told_once_when_it_was_taken_and_under_one_id_otherwise()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.RunAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.RunAsync();

        Assert.Single(_town.Endpoints.CallsOf(subscription));
    }

    [Fact]
    public async Task What_is_announced_again_while_another_host_tells_it_is_told_once()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        _town.Endpoints.During = async () =>
        {
            _town.Endpoints.During = null;
            await AnnounceAsync(WebhookTown.Milestone(10));
            _town.Restart();
            if (_town.Queue.Take() is { } again)
                await _town.Stage.RunAsync(again, default);
        };
        await _town.RunAsync();

        Assert.Single(_town.Endpoints.CallsOf(subscription));
    }

    [Fact]
    public async Task What_is_sent_is_signed_with_the_secret_and_says_what_happened()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.RunAsync();

        var (webhook, at) = Assert.Single(_town.Endpoints.Sent);
        Assert.Equal(_town.Seals.Seal!.Open(subscription.Id, subscription.Secret).Sign(webhook.Id, at, webhook.Body.Span), webhook.Signature);
        using var body = JsonDocument.Parse(webhook.Body);
        Assert.Equal("growfunding/kidical-mass:milestone.reached:10:1", body.RootElement.GetProperty("data").GetProperty("event").GetString());
        Assert.Equal(Delivery.IdOf("growfunding/kidical-mass:milestone.reached:10:1"), webhook.Id);
    }

    /// <summary>The whole schedule, on a clock that jumps from one message to the next: 75 h 35 min 5 s, and up to a tenth more.</summary>
    [Fact]
    public async Task An_endpoint_that_never_takes_it_is_asked_ten_times_over_three_days_under_one_id_and_then_no_more()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static _ => 500);
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.RunAsync();

        var calls = _town.Endpoints.CallsOf(subscription).ToList();
        Assert.Equal(10, calls.Count);
        for (var call = 1; call < 10; call++)
            Assert.InRange(calls[call] - calls[call - 1], RetryRules.Waits[call - 1], (RetryRules.Waits[call - 1] * 1.1) + TimeSpan.FromSeconds(1));
        Assert.InRange(calls[^1] - calls[0], new TimeSpan(75, 35, 5), new TimeSpan(75, 35, 5) * 1.1);
        Assert.Single(_town.Endpoints.Sent.Select(static one => one.Webhook.Id).Distinct(StringComparer.Ordinal));
        Assert.Equal(10, _town.Endpoints.Sent.Select(static one => one.Webhook.Signature).Distinct(StringComparer.Ordinal).Count());

        var delivery = Assert.Single(await _town.DeliveriesAsync(subscription));
        Assert.Equal((DeliveryState.Failed, 10, 10), (delivery.State, delivery.Attempts, delivery.Tries.Length));
        Assert.Equal(SubscriptionState.Active, (await _town.NowAsync(subscription)).State);
    }

    [Fact]
    public async Task An_endpoint_that_has_taken_nothing_for_five_days_is_disabled_and_what_comes_then_is_kept_until_it_is_woken()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static _ => 500);
        for (var day = 0; day < 7; day++)
        {
            await AnnounceAsync(WebhookTown.Milestone(10 + day, 1 + day));
            await _town.RunAsync(TimeSpan.FromDays(1));
        }

        var disabled = await _town.NowAsync(subscription);
        Assert.Equal((SubscriptionState.Disabled, RestReasons.Failing, WebhookTown.Began), (disabled.State, disabled.Why, disabled.FailingSince));
        var calls = _town.Endpoints.CallsOf(subscription).ToList();
        Assert.InRange(calls[^1] - calls[0], TimeSpan.FromDays(5), TimeSpan.FromDays(5.9));

        await _town.RunAsync();
        Assert.Equal(calls.Count, _town.Endpoints.CallsOf(subscription).Count());
        var states = (await _town.DeliveriesAsync(subscription)).Select(static one => one.State).ToList();
        Assert.All(states, static state => Assert.True(state is DeliveryState.Failed or DeliveryState.Stopped));
        Assert.Contains(DeliveryState.Stopped, states);

        await WakeAsync(subscription);
        _town.Endpoints.Set(subscription, static _ => 200);
        var woken = await _town.Replays.RunAsync(subscription.Id, null, null, static one => one.State == DeliveryState.Stopped, default);
        await _town.RunAsync();
        Assert.Equal(states.Count(static state => state == DeliveryState.Stopped), woken);
        Assert.DoesNotContain(await _town.DeliveriesAsync(subscription), static one => one.State == DeliveryState.Stopped);
        Assert.Null((await _town.NowAsync(subscription)).FailingSince);
    }

    [Fact]
    public async Task One_success_in_between_begins_the_five_days_anew()
    {
        var subscription = await _town.SubscribeAsync();
        var takes = false;
        _town.Endpoints.Set(subscription, _ => takes ? 200 : 500);
        for (var day = 0; day < 9; day++)
        {
            takes = day == 4;
            await AnnounceAsync(WebhookTown.Milestone(10 + day, 1 + day));
            await _town.RunAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(SubscriptionState.Active, (await _town.NowAsync(subscription)).State);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_hears_no_more_at_once()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static _ => 410);
        await AnnounceAsync(WebhookTown.Milestone(10, 1));
        await _town.RunAsync();
        await AnnounceAsync(WebhookTown.Milestone(25, 2));
        await _town.RunAsync();

        Assert.Single(_town.Endpoints.CallsOf(subscription));
        var now = await _town.NowAsync(subscription);
        Assert.Equal((SubscriptionState.Disabled, RestReasons.Gone), (now.State, now.Why));
        Assert.Equal([DeliveryState.Stopped, DeliveryState.Stopped], (await _town.DeliveriesAsync(subscription)).Select(static one => one.State));
    }

    [Fact]
    public async Task Who_asks_for_patience_is_left_alone_so_long_whatever_else_is_to_be_told()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static call => call == 1 ? 429 : 200);
        _town.Endpoints.Patience = TimeSpan.FromMinutes(7);
        await AnnounceAsync(WebhookTown.Milestone(10, 1));
        await _town.RunAsync(TimeSpan.FromSeconds(1));
        await AnnounceAsync(WebhookTown.Milestone(25, 2), WebhookTown.Milestone(50, 3));
        _town.Restart();
        await _town.RunAsync();

        var calls = _town.Endpoints.CallsOf(subscription).ToList();
        Assert.Equal(4, calls.Count);
        Assert.InRange(calls[1] - calls[0], TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7.7));
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_delays_no_other_and_is_asked_ever_less_often()
    {
        var dead = await _town.SubscribeAsync(scope: TokenScope.All);
        var well = await _town.SubscribeAsync(scope: TokenScope.All);
        _town.Endpoints.Set(dead, static _ => null);
        for (var number = 1; number <= 50; number++)
            await AnnounceAsync(WebhookTown.Milestone(10, number, new CampaignId(Some.Campaign.Platform, $"c{number}")));

        await _town.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(50, _town.Endpoints.CallsOf(well).Count());
        Assert.All(_town.Endpoints.CallsOf(well), at => Assert.InRange(at - WebhookTown.Began, TimeSpan.Zero, TimeSpan.FromSeconds(2)));

        // Without pauses fifty deliveries would have been tried three times each by now.
        Assert.InRange(_town.Endpoints.CallsOf(dead).Count(), 8, 60);
    }

    [Fact]
    public async Task Two_at_most_are_under_way_at_one_endpoint_and_one_of_a_campaign()
    {
        var subscription = await _town.SubscribeAsync(scope: TokenScope.All);
        var (underWay, most) = (0, 0);
        var gate = new TaskCompletionSource();
        _town.Endpoints.During = async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await gate.Task;
            Interlocked.Decrement(ref underWay);
        };
        await AnnounceAsync(Of("a", 1), Of("a", 2), Of("b", 1), Of("c", 1), Of("d", 1));
        var runs = new List<Task>();
        while (_town.Queue.Take() is { } message)
            runs.Add(_town.Stage.RunAsync(message, default));

        Assert.Equal(["a", "b"], Sent());
        gate.SetResult();
        await Task.WhenAll(runs);
        await _town.RunAsync();

        Assert.Equal(2, most);
        Assert.Equal(5, _town.Endpoints.CallsOf(subscription).Count());

        CampaignEvent Of(string name, int number) => WebhookTown.Milestone(number == 1 ? 10 : 25, number, new CampaignId(Some.Campaign.Platform, name));

        IEnumerable<string> Sent() => _town.Endpoints.Sent.Select(static one => JsonDocument.Parse(one.Webhook.Body).RootElement.GetProperty("data").GetProperty("campaign").GetString()![12..]);
    }

    [Fact]
    public async Task What_happened_to_a_campaign_at_once_arrives_in_order_even_when_messages_come_in_another()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10, 1), WebhookTown.Milestone(25, 2), WebhookTown.Milestone(50, 3));
        var messages = new List<DeliveryMessage>();
        while (_town.Queue.Take() is { } message)
            messages.Insert(0, message);
        foreach (var message in messages)
            await _town.Stage.RunAsync(message, default);
        await _town.RunAsync();

        Assert.Equal(["10", "25", "50"], Levels());
        Assert.Equal([1, 2, 3], _town.Endpoints.Sent.Select(static one => JsonDocument.Parse(one.Webhook.Body).RootElement.GetProperty("data").GetProperty("number").GetInt32()));

        IEnumerable<string?> Levels() => _town.Endpoints.Sent.Select(static one => JsonDocument.Parse(one.Webhook.Body).RootElement.GetProperty("data").GetProperty("level").GetString());
    }

    [Fact]
    public async Task What_fails_is_overtaken_and_not_waited_for()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static call => call == 1 ? 500 : 200);
        await AnnounceAsync(WebhookTown.Milestone(10, 1), WebhookTown.Milestone(25, 2));
        await _town.RunAsync(TimeSpan.FromSeconds(3));

        Assert.Equal([DeliveryState.Pending, DeliveryState.Delivered], (await _town.DeliveriesAsync(subscription)).Select(static one => one.State));
    }

    [Fact]
    public async Task A_message_that_comes_again_after_its_try_was_written_does_nothing()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static _ => 500);
        await AnnounceAsync(WebhookTown.Milestone(10));
        var message = _town.Queue.Take()!;
        await _town.Stage.RunAsync(message, default);
        var sent = _town.Queue.Sent;
        await _town.Stage.RunAsync(message, default);

        Assert.Equal(sent, _town.Queue.Sent);
        Assert.Single(_town.Endpoints.CallsOf(subscription));
    }

    [Fact]
    public async Task A_host_that_dies_between_the_next_message_and_the_row_loses_nothing_and_the_schedule_goes_on_once()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Endpoints.Set(subscription, static _ => 500);
        await AnnounceAsync(WebhookTown.Milestone(10));
        var message = _town.Queue.Take()!;
        var before = (await _town.Deliveries.FindAsync(subscription.Id, message.Key, default))!;
        await _town.Stage.RunAsync(message, default);

        // The row as it was before the death, and the message again.
        await _town.Deliveries.ReplaceAsync((await _town.Deliveries.FindAsync(subscription.Id, message.Key, default))!, before.Delivery, default);
        await _town.Stage.RunAsync(message, default);
        await _town.RunAsync();

        Assert.Equal(11, _town.Endpoints.CallsOf(subscription).Count());
        Assert.Equal(DeliveryState.Failed, Assert.Single(await _town.DeliveriesAsync(subscription)).State);
    }

    [Fact]
    public async Task A_pause_keeps_what_happens_and_ends_with_it_in_order()
    {
        var subscription = await _town.SubscribeAsync(static one => one with { State = SubscriptionState.Paused });
        await AnnounceAsync(WebhookTown.Milestone(10, 1));
        await AnnounceAsync(WebhookTown.Milestone(25, 2));
        await _town.RunAsync();
        Assert.Empty(_town.Endpoints.Sent);

        await WakeAsync(subscription);
        Assert.Equal(2, await _town.Replays.RunAsync(subscription.Id, null, null, static one => one.State == DeliveryState.Stopped, default));
        await _town.RunAsync();
        Assert.All(await _town.DeliveriesAsync(subscription), static one => Assert.Equal(DeliveryState.Delivered, one.State));
    }

    [Fact]
    public async Task A_replay_sends_the_same_again_under_the_same_id()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10, 1), WebhookTown.Milestone(25, 2), WebhookTown.Milestone(50, 3));
        await _town.RunAsync();

        Assert.Equal(2, await _town.Replays.RunAsync(subscription.Id, Some.Launch.AddDays(2), null, static _ => true, default));
        await _town.RunAsync();

        Assert.Equal(5, _town.Endpoints.Sent.Count);
        Assert.Equal(Texts(1, 2), Texts(3, 4));
        Assert.All(await _town.DeliveriesAsync(subscription), static one => Assert.Equal(DeliveryState.Delivered, one.State));

        IEnumerable<string> Texts(params int[] places) => places.Select(place => $"{_town.Endpoints.Sent[place].Webhook.Id} {Encoding.UTF8.GetString(_town.Endpoints.Sent[place].Webhook.Body.Span)}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_ended_ends_what_it_made()
    {
        var subscription = await _town.SubscribeAsync();
        _town.TokensHaveEnded = true;
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.RunAsync();

        Assert.Empty(_town.Endpoints.Sent);
        var now = await _town.NowAsync(subscription);
        Assert.Equal((SubscriptionState.Disabled, RestReasons.TokenEnded), (now.State, now.Why));
        Assert.Equal(DeliveryState.Stopped, Assert.Single(await _town.DeliveriesAsync(subscription)).State);
    }

    [Fact]
    public async Task What_finds_a_token_ended_while_somebody_else_wakes_the_subscription_neither_ends_it_again_nor_stays_put_away()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        _town.TokensHaveEnded = true;
        var asked = 0;
        _town.WhileAsking = async () =>
        {
            _town.TokensHaveEnded = asked++ == 0;
            if (!_town.TokensHaveEnded)
                return;

            // It was read as active. Another delivery ends it, and its new maker wakes it, and finds nothing that was put away.
            var kept = (await _town.Subscriptions.FindAsync(subscription.Id, default))!;
            Assert.True(await _town.Subscriptions.ReplaceAsync(kept, kept.Subscription with { MadeBy = "another" }, default));
            await _town.Replays.RunAwakeAsync(subscription.Id, default);
        };
        await _town.RunAsync();

        var now = await _town.NowAsync(subscription);
        Assert.Equal((SubscriptionState.Active, null, "another"), (now.State, now.Why, now.MadeBy));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _town.DeliveriesAsync(subscription)).State);
        Assert.Single(_town.Endpoints.Sent);
    }

    [Fact]
    public async Task What_two_have_sent_again_at_once_is_told_once()
    {
        var subscription = await _town.SubscribeAsync(static one => one with { State = SubscriptionState.Paused });
        await AnnounceAsync(WebhookTown.Milestone(10));
        await WakeAsync(subscription);
        var isFirst = true;
        _town.Queue.BeforeSend = async () =>
        {
            // Both have read it as put away before either writes.
            if (!isFirst)
                return;
            isFirst = false;
            _town.Time.Advance(TimeSpan.FromTicks(1));
            await _town.Replays.RunAwakeAsync(subscription.Id, default);
        };
        await _town.Replays.RunAwakeAsync(subscription.Id, default);

        // Both messages are taken up before either has been tried: the second stands in for another host.
        var messages = new List<DeliveryMessage>();
        _town.Time.Advance(TimeSpan.FromSeconds(4));
        while (_town.Queue.Take() is { } message)
            messages.Add(message);
        Assert.Equal(2, messages.Count);
        Assert.Equal(2, messages.Select(static message => message.AgainAt).Distinct().Count());
        var wins = (await _town.DeliveriesAsync(subscription)).Single().NextAt;
        await _town.Stage.RunAsync(messages.Single(message => message.AgainAt != wins), default);
        Assert.Empty(_town.Endpoints.Sent);
        await _town.Stage.RunAsync(messages.Single(message => message.AgainAt == wins), default);
        Assert.Single(_town.Endpoints.Sent);
    }

    [Fact]
    public async Task A_token_that_has_ended_ends_each_of_the_deliveries_that_find_out_at_once()
    {
        var subscription = await _town.SubscribeAsync();
        _town.TokensHaveEnded = true;
        for (var number = 1; number <= 4; number++)
            await AnnounceAsync(WebhookTown.Milestone(10 * number, number));

        // All four have read the subscription as active before the first of them disables it.
        var (asking, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _town.WhileAsking = () =>
        {
            if (Interlocked.Increment(ref asking) == 4)
                all.SetResult();
            return all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        };
        var runs = new List<Task>();
        while (_town.Queue.Take() is { } message)
            runs.Add(_town.Stage.RunAsync(message, default));
        await Task.WhenAll(runs);

        Assert.Empty(_town.Endpoints.Sent);
        Assert.Equal(4, runs.Count);
        Assert.All(await _town.DeliveriesAsync(subscription), static one => Assert.Equal(DeliveryState.Stopped, one.State));
    }

    [Fact]
    public async Task A_subscription_that_was_deleted_leaves_messages_that_do_nothing()
    {
        var subscription = await _town.SubscribeAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.Subscriptions.DeleteAsync(subscription.Id, default);
        await _town.RunAsync();
        Assert.Empty(_town.Endpoints.Sent);
    }

    [Fact]
    public async Task What_happened_long_ago_and_was_announced_now_is_not_forgotten_before_it_is_told()
    {
        var subscription = await _town.SubscribeAsync();
        _town.Time.Advance(2 * IDeliveryStore.Kept);
        await AnnounceAsync(WebhookTown.Milestone(10));
        await _town.Bundles.RunAsync(default);
        await _town.RunAsync();
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _town.DeliveriesAsync(subscription)).State);

        _town.Time.Advance(IDeliveryStore.Kept + TimeSpan.FromDays(1));
        await _town.Bundles.RunAsync(default);
        Assert.Empty(await _town.DeliveriesAsync(subscription));
    }

    [Fact]
    public async Task A_bundle_comes_when_it_is_due_with_all_that_happened_and_once()
    {
        var subscription = await _town.SubscribeAsync(static one => one with { Rhythm = Rhythm.Every(TimeSpan.FromHours(1)) });
        for (var number = 1; number <= 60; number++)
            await AnnounceAsync(WebhookTown.Milestone(number, number));
        await _town.Bundles.RunAsync(default);
        await _town.RunAsync(TimeSpan.FromHours(1));
        Assert.Empty(_town.Endpoints.Sent);

        await _town.Bundles.RunAsync(default);
        await _town.Bundles.RunAsync(default);
        await _town.RunAsync();

        var levels = _town.Endpoints.Sent.SelectMany(static one => JsonDocument.Parse(one.Webhook.Body).RootElement.GetProperty("data").GetProperty("events").EnumerateArray().Select(static told => told.GetProperty("number").GetInt32())).ToList();
        Assert.Equal(Enumerable.Range(1, 60), levels.Order());
        Assert.InRange(_town.Endpoints.Sent.Count, 2, 4);
        Assert.All(_town.Endpoints.Sent, static one => Assert.InRange(one.Webhook.Body.Length, 1000, WebhookBody.MostBytes));
        Assert.Equal(_town.Endpoints.Sent.Count, _town.Endpoints.Sent.Select(static one => one.Webhook.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(WebhookTown.Began.AddHours(1), (await _town.NowAsync(subscription)).BundledAt);
    }

    [Fact]
    public async Task A_daily_bundle_waits_for_the_next_morning_whether_or_not_there_was_one_this_morning()
    {
        var subscription = await _town.SubscribeAsync(static one => one with { Rhythm = Rhythm.Daily });

        // It begins on a Saturday at noon; nothing happens until Monday at two in the afternoon.
        for (var hours = 0; hours < 50; hours++)
            await PassAsync();
        await AnnounceAsync(WebhookTown.Milestone(10));
        for (var hours = 0; hours < 17; hours++)
        {
            Assert.Empty(_town.Endpoints.Sent);
            await PassAsync();
        }

        await _town.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Single(_town.Endpoints.Sent);
        Assert.Equal(WebhookTown.Began.AddHours(67), (await _town.NowAsync(subscription)).BundledAt);

        async Task PassAsync()
        {
            _town.Time.Advance(TimeSpan.FromHours(1));
            await _town.Bundles.RunAsync(default);
            await _town.RunAsync();
        }
    }

    [Fact]
    public async Task A_bundle_counts_although_its_subscription_changed_meanwhile()
    {
        var subscription = await _town.SubscribeAsync(static one => one with { Rhythm = Rhythm.Every(TimeSpan.FromHours(1)) });
        await AnnounceAsync(WebhookTown.Milestone(10));
        _town.Time.Advance(TimeSpan.FromHours(1));
        _town.Queue.BeforeSend = async () =>
        {
            _town.Queue.BeforeSend = static () => Task.CompletedTask;
            var kept = (await _town.Subscriptions.FindAsync(subscription.Id, default))!;
            Assert.True(await _town.Subscriptions.ReplaceAsync(kept, kept.Subscription with { Label = "Het team" }, default));
        };
        await _town.Bundles.RunAsync(default);

        var now = await _town.NowAsync(subscription);
        Assert.Equal((WebhookTown.Began.AddHours(1), "Het team"), (now.BundledAt, now.Label));
    }

    [Fact]
    public async Task All_that_waited_while_a_subscription_rested_is_sent_however_much_it_is()
    {
        var subscription = await _town.SubscribeAsync(static one => one with { State = SubscriptionState.Paused });
        for (var number = 1; number <= Replays.Most + 50; number++)
            await AnnounceAsync(WebhookTown.Milestone(number, number));
        await WakeAsync(subscription);
        await _town.Replays.RunAwakeAsync(subscription.Id, default);

        Assert.DoesNotContain(await _town.DeliveriesAsync(subscription), static one => one.State == DeliveryState.Stopped);
    }

    [Fact]
    public async Task A_platform_that_cannot_be_read_is_told_at_once_to_who_hears_of_platforms()
    {
        var ofPlatform = await _town.SubscribeAsync(static one => one with { Rhythm = Rhythm.Daily }, TokenScope.Of(Some.Campaign.Platform));
        var ofCampaign = await _town.SubscribeAsync();
        await _town.Announcements.AnnounceAsync(new PlatformEvent(Some.Campaign.Platform, EventTypes.PlatformBroken, 1, WebhookTown.Began) { Failing = 3, Followed = 12 }, default);
        await _town.RunAsync();

        Assert.Equal([1, 0], ((Subscription[])[ofPlatform, ofCampaign]).Select(one => _town.Endpoints.CallsOf(one).Count()));
    }

    [Fact]
    public async Task Nobody_is_remembered_for_a_moment_and_somebody_for_good()
    {
        Assert.False(await _town.Announcements.HasSubscribersAsync(Some.Campaign, default));
        await _town.SubscribeAsync();
        Assert.True(await _town.Announcements.HasSubscribersAsync(Some.Campaign, default));
    }

    [Fact]
    public async Task Many_who_ask_at_once_whether_there_are_subscribers_share_one_question_and_no_failure_is_remembered()
    {
        var (asked, answer) = (0, new TaskCompletionSource());
        _town.Subscriptions.WhenAsked = () =>
        {
            asked++;
            return answer.Task;
        };
        var announcements = _town.AnotherHost(rememberNobody: TimeSpan.FromSeconds(2));
        using var impatient = new CancellationTokenSource();
        var gone = announcements.HasSubscribersAsync(Some.Campaign, impatient.Token).AsTask();
        var askers = Enumerable.Range(0, 32).Select(_ => announcements.HasSubscribersAsync(Some.Campaign, default).AsTask()).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        answer.SetException(new IOException("Storage is away."));
        foreach (var asker in askers)
            await Assert.ThrowsAsync<IOException>(() => asker);
        Assert.Equal(1, asked);

        answer = new TaskCompletionSource();
        answer.SetResult();
        Assert.False(await announcements.HasSubscribersAsync(Some.Campaign, default));
        Assert.False(await announcements.HasSubscribersAsync(Some.Campaign, default));
        Assert.Equal(2, asked);
        _town.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await announcements.HasSubscribersAsync(Some.Campaign, default));
        Assert.Equal(3, asked);
    }

    private async Task AnnounceAsync(params CampaignEvent[] events) => await _town.Announcements.AnnounceAsync(events, default);

    private async Task WakeAsync(Subscription subscription)
    {
        var kept = (await _town.Subscriptions.FindAsync(subscription.Id, default))!;
        await _town.Subscriptions.ReplaceAsync(kept, kept.Subscription with { State = SubscriptionState.Active, Why = null, FailingSince = null, SlowUntil = null, SlowInARow = 0 }, default);
    }
}
